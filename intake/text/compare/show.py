"""Differences as HTML that a page may show: marks with words beside them, since neither colour nor lines reach everybody."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from intake.text.compare.engine import Deadline, difference
from intake.text.compare.passages import BREAK, Token
from intake.text.html import links, notes
from intake.text.html.blocks import MARKS
from intake.text.plain import quote

LOOKS = {
    "strong": "bold", "em": "italic", "u": "underlined", "s": "struck through", "code": "as code",
    "sub": "subscript", "sup": "superscript",
}  # fmt: skip
_HIDDEN = '<span class="visually-hidden">'
_TAG = re.compile(r"<(/?)([a-z]+)((?: [a-z]+=\"[^\"<>]*\")*)>")
_LINK = re.compile(rf' rel="{links.REL}" href="([^"]*)"')
_CLASSES = frozenset(
    {
        ' class="compare__gone"', ' class="compare__new"', ' class="compare__look"', ' class="compare__tag"',
        ' class="compare__break"', ' class="visually-hidden"',
    }
)  # fmt: skip


class _Step(NamedTuple):
    sign: int
    old: Token
    new: Token


def marked(before: Sequence[Token], after: Sequence[Token], deadline: Deadline) -> str:
    """Both as one line of HTML: what is gone, what is new, and what only looks otherwise or leads elsewhere."""
    return checked("".join(_groups(_steps(before, after, deadline))))


def plain(tokens: Iterable[Token]) -> str:
    """Words as they look, without a mark."""
    return checked("".join(_looks(list(tokens))))


def checked(html: str) -> str:
    """`html` if it has nothing but what is written here; else all of it as text: the last word before a page shows it."""
    return html if holds(html) else quote(html)


def holds(html: str) -> bool:
    """Whether every element, class and link is one of ours, and all are closed in their order."""
    if any(char in _TAG.sub("", html) for char in "<>"):
        return False
    opened: list[str] = []
    for closing, name, attributes in _TAG.findall(html):
        if closing:
            if not opened or opened.pop() != name or attributes:
                return False
        elif not _allowed(name, attributes):
            return False
        else:
            opened.append(name)
    return not opened


def _allowed(name: str, attributes: str) -> bool:
    if name in {"ins", "del", "span"}:
        return attributes in _CLASSES
    if name == "a":
        found = _LINK.fullmatch(attributes)
        return found is not None and _leads(found[1].replace("&amp;", "&"))
    return name in MARKS and not attributes


def _leads(href: str) -> bool:
    return links.clean(href) == href or notes.LINK.fullmatch(href) is not None


def _steps(before: Sequence[Token], after: Sequence[Token], deadline: Deadline) -> Iterator[_Step]:
    words = [token.text for token in before], [token.text for token in after]
    for sign, old, new in difference(*words, deadline):
        if sign:
            yield from (_Step(sign, token, token) for token in (before[old] if sign < 0 else after[new]))
        else:
            yield from (_Step(0, *pair) for pair in zip(before[old], after[new], strict=True))


def _groups(steps: Iterable[_Step]) -> Iterator[str]:
    for (sign, told), group in groupby(steps, key=lambda step: (step.sign, _told(step))):
        inside = "".join(_looks([step.new for step in group]))
        tag = (
            f'<span class="compare__tag">{_HIDDEN}[</span>{quote(told)}{_HIDDEN}]</span></span>'
            if told
            else ""
        )
        if sign < 0:
            inside = f'<del class="compare__gone">{_HIDDEN}[removed: </span>{inside}{_HIDDEN}]</span></del>'
        elif sign > 0:
            inside = f'<ins class="compare__new">{_HIDDEN}[added: </span>{inside}{_HIDDEN}]</span></ins>'
        elif told:
            inside = f'<span class="compare__look">{inside}</span>'
        yield inside + tag


def _told(step: _Step) -> str:
    """In words: where a link leads that came or went, and what became of the look of a word that stayed."""
    old, new = step.old, step.new
    if step.sign:
        return f"link to {new.href}" if new.href else ""
    parts = [f"now {LOOKS[mark]}" for mark in MARKS if mark in new.marks - old.marks]
    parts += [f"no longer {LOOKS[mark]}" for mark in MARKS if mark in old.marks - new.marks]
    if old.href != new.href:
        parts.append(_link_told(old.href, new.href))
    return "; ".join(parts)


def _link_told(old: str | None, new: str | None) -> str:
    if old is None:
        return f"now a link to {new}"
    return f"no longer a link to {old}" if new is None else f"now leads to {new}, before to {old}"


def _looks(tokens: list[Token]) -> Iterator[str]:
    """The words with their tags; links say that they are a stranger's."""
    for (marks, href), group in groupby(tokens, key=lambda token: (token.marks, token.href)):
        opened = [mark for mark in MARKS if mark in marks]
        text = "".join(_text(token) for token in group)
        inside = "".join(f"<{mark}>" for mark in opened) + text
        inside += "".join(f"</{mark}>" for mark in reversed(opened))
        yield f'<a rel="{links.REL}" href="{escape(href)}">{inside}</a>' if href else inside


def _text(token: Token) -> str:
    if token.text == BREAK:
        return f'<span class="compare__break">{BREAK}</span>\n'
    return quote(token.text)
