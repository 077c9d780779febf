"""Render differences as HTML. Words describe each change, because not every reader sees colours and lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from intake.plurals import READER, desk_noop
from intake.text.compare.engine import Deadline, difference
from intake.text.compare.passages import BREAK, TextToken
from intake.text.html import links, notes
from intake.text.html.blocks import MARKS
from intake.text.plain import quote

NOW = {
    "strong": desk_noop("now bold"),
    "em": desk_noop("now italic"),
    "u": desk_noop("now underlined"),
    "s": desk_noop("now struck through"),
    "code": desk_noop("now as code"),
    "sub": desk_noop("now subscript"),
    "sup": desk_noop("now superscript"),
}
NO_LONGER = {
    "strong": desk_noop("no longer bold"),
    "em": desk_noop("no longer italic"),
    "u": desk_noop("no longer underlined"),
    "s": desk_noop("no longer struck through"),
    "code": desk_noop("no longer as code"),
    "sub": desk_noop("no longer subscript"),
    "sup": desk_noop("no longer superscript"),
}
REMOVED, ADDED = desk_noop("[removed:"), desk_noop("[added:")
FOOTNOTE = desk_noop("footnote")
LINK_TO = desk_noop("link to %(address)s")
NOW_LINK = desk_noop("now a link to %(address)s")
NO_LINK = desk_noop("no longer a link to %(address)s")
OTHER_LINK = desk_noop("now leads to %(address)s, before to %(before)s")  # fmt: skip
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
    old: TextToken
    new: TextToken


def marked(before: Sequence[TextToken], after: Sequence[TextToken], deadline: Deadline) -> str:
    """One line of HTML that shows removed, added and reformatted words, and changed links."""
    return checked("".join(_groups(_steps(before, after, deadline))))


def plain(tokens: Iterable[TextToken]) -> str:
    """HTML of unchanged words with their formatting."""
    return checked("".join(_formatted(list(tokens))))


def checked(html: str) -> str:
    """Return `html` if it passes `is_safe`, otherwise all of it as escaped text.

    This is the last check before a page shows the HTML.
    """
    return html if is_safe(html) else quote(html)


def is_safe(html: str) -> bool:
    """Return whether all elements, classes and links are ones that this module writes, and elements nest properly."""
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
    return links.is_safe(href) or notes.LINK.fullmatch(href) is not None


def _steps(before: Sequence[TextToken], after: Sequence[TextToken], deadline: Deadline) -> Iterator[_Step]:
    words = [token.text for token in before], [token.text for token in after]
    for sign, old, new in difference(*words, deadline):
        if sign:
            yield from (_Step(sign, token, token) for token in (before[old] if sign < 0 else after[new]))
        else:
            yield from (_Step(0, *pair) for pair in zip(before[old], after[new], strict=True))


def _groups(steps: Iterable[_Step]) -> Iterator[str]:
    for (sign, told), group in groupby(steps, key=lambda step: (step.sign, _told(step))):
        inside = "".join(_formatted([step.new for step in group]))
        tag = (
            f'<span class="compare__tag">{_HIDDEN}[</span>{quote(told)}{_HIDDEN}]</span></span>'
            if told
            else ""
        )
        if sign < 0:
            inside = f'<del class="compare__gone">{_HIDDEN}{READER.gettext(REMOVED)} </span>{inside}{_HIDDEN}]</span></del>'
        elif sign > 0:
            inside = f'<ins class="compare__new">{_HIDDEN}{READER.gettext(ADDED)} </span>{inside}{_HIDDEN}]</span></ins>'
        elif told:
            inside = f'<span class="compare__look">{inside}</span>'
        yield inside + tag


def _told(step: _Step) -> str:
    """Describe a difference in words: target of an added or removed link, or changed formatting."""
    old, new = step.old, step.new
    if step.sign:
        return _target_told(new.href) if new.href else ""
    parts = [READER.gettext(NOW[mark]) for mark in MARKS if mark in new.marks - old.marks]
    parts += [READER.gettext(NO_LONGER[mark]) for mark in MARKS if mark in old.marks - new.marks]
    if old.href != new.href:
        parts.append(_link_told(old.href, new.href))
    return "; ".join(parts)


def _target_told(href: str) -> str:
    if href.startswith("#"):  # from the mark of a footnote to the note, or back
        return READER.gettext(FOOTNOTE) if href.startswith("#note-") else ""
    return READER.gettext(LINK_TO) % {"address": href}


def _link_told(old: str | None, new: str | None) -> str:
    if old is None:
        return READER.gettext(NOW_LINK) % {"address": new}
    if new is None:
        return READER.gettext(NO_LINK) % {"address": old}
    return READER.gettext(OTHER_LINK) % {"address": new, "before": old}


def _formatted(tokens: list[TextToken]) -> Iterator[str]:
    """HTML of words with their formatting tags. Links get `rel` values for untrusted targets."""
    for (marks, href), group in groupby(tokens, key=lambda token: (token.marks, token.href)):
        opened = [mark for mark in MARKS if mark in marks]
        text = "".join(_text(token) for token in group)
        inside = "".join(f"<{mark}>" for mark in opened) + text
        inside += "".join(f"</{mark}>" for mark in reversed(opened))
        yield f'<a rel="{links.REL}" href="{escape(href)}">{inside}</a>' if href else inside


def _text(token: TextToken) -> str:
    if token.text == BREAK:
        return f'<span class="compare__break">{BREAK}</span>\n'
    return quote(token.text)
