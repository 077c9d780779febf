"""Split cleaned HTML into its top-level blocks, and give the footnotes names that do not depend on their order.

A new footnote renumbers all later ones. Without names, each paragraph with one of them would count as changed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from intake.text.compare.align import align
from intake.text.compare.engine import Deadline
from intake.text.compare.passages import Passage, TextToken, passages

NUMBER = "\x1f"
"""Placeholder for the visible number of a footnote. Cannot be part of the text: cleaned HTML has no control characters."""
LOST = "*"
"""Sign shown in place of the number of a footnote whose note was removed."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = frozenset({"br", "hr"})
_LIST = re.compile(r"<ol[^<>]*>(.*)</ol>", re.DOTALL)
_NOTE = re.compile(r'<li id="note-(\d+)"')
_LINK = re.compile(r'((?:href="#|id=")(?:note|ref)-)(\w+)"')
_MARK = re.compile(r'(<a href="#note-(\w+)" id="ref-\2">(?:<[a-z]+>)*)(\d+|\x1f)(?=<)')


@dataclass(frozen=True)
class TextBlock(Passage):
    """One top-level block of a cleaned text, such as a paragraph, a list or a table, or one footnote.

    In `html`, footnotes have names instead of numbers. Blocks with the same `html` are equal.
    `name` is set only if the block is a footnote.
    """

    tokens: tuple[TextToken, ...] = field(default=(), compare=False)
    html: str = ""
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Parts:
    """Blocks of a text as HTML, and its footnotes by number."""

    blocks: list[str]
    notes: dict[str, str]


@dataclass(frozen=True)
class Named:
    """Blocks of a text, and its footnotes by name."""

    blocks: list[TextBlock]
    notes: dict[str, TextBlock]


def split(html: str) -> list[str]:
    """Return the top-level blocks of cleaned HTML. Joining them gives the same HTML again."""
    found: list[str] = []
    depth, start = 0, 0
    for tag in _TAG.finditer(html):
        if depth == 0 and tag.start() > start:
            found.append(html[start : tag.start()])
            start = tag.start()
        if tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(html[start : tag.end()])
            start = tag.end()
    return [*found, html[start:]] if html[start:] else found


def parts(html: str) -> Parts:
    """Separate the list of footnotes, which is the last block, from the other blocks."""
    blocks = split(html)
    found = _LIST.fullmatch(blocks[-1]) if blocks else None
    items = split(found[1]) if found else []
    numbers = [found[1] for found in map(_NOTE.match, items) if found]
    if not items or len(numbers) < len(items):
        return Parts(blocks, {})
    return Parts(blocks[:-1], dict(zip(numbers, items, strict=True)))


def named(side: Parts, base: Parts) -> Named:
    """Name the footnotes of a text.

    A note that also exists in `base` is named after its number in `base`, even if its words have changed. A new
    note is named after a hash of its words.
    """
    before = [_note(item, number) for number, item in base.notes.items()]
    after = [_note(item, number) for number, item in side.notes.items()]
    pairs = align(before, after, Deadline())
    names = {new.name: f"b{old.name}" for old, new in pairs if old is not None and new is not None}
    for one in after:
        if one.name not in names:
            digest = "x" + sha256(one.html.encode()).hexdigest()[:12]
            names[one.name] = f"{digest}n{list(names.values()).count(digest)}"
    return Named(
        [_block(html, names) for html in side.blocks],
        {names[one.name]: _block(side.notes[one.name], names) for one in after},
    )


def renamed(side: Named, names: Mapping[str, str]) -> Named:
    """Give other names to some footnotes of a text."""
    if not names:
        return side

    def change(one: TextBlock) -> TextBlock:
        return TextBlock(one.tag, (), one.tokens, _in_tags(one.html, lambda name: names.get(name, name)))

    return Named(
        [change(one) for one in side.blocks],
        {names.get(name, name): change(note) for name, note in side.notes.items()},
    )


def marks(html: str) -> list[str]:
    """Names of the footnotes whose marks stand in a block, in order."""
    return [found[2] for found in _MARK.finditer(html)]


def numbered(text: str, notes: Mapping[str, str]) -> str:
    """Join a text and its notes. Notes are numbered in the order of their marks, and those without a mark come last."""
    order = list(dict.fromkeys([name for name in marks(text) if name in notes] + list(notes)))
    numbers = {name: str(place) for place, name in enumerate(order, start=1)}
    whole = text + (f"<ol>{''.join(notes[name] for name in order)}</ol>" if notes else "")

    def with_number(mark: "re.Match[str]") -> str:
        return mark[1] + (numbers.get(mark[2], LOST) if mark[3] == NUMBER else mark[3])

    return _in_tags(_MARK.sub(with_number, whole), lambda name: numbers.get(name, "0"))


def unnamed(html: str) -> str:
    """Return the HTML of a block that is shown by itself, with LOST instead of the footnotes' numbers."""
    return _in_tags(html.replace(NUMBER, LOST), lambda _: "1")


def _block(html: str, names: Mapping[str, str]) -> TextBlock:
    def without_number(mark: "re.Match[str]") -> str:
        return mark[1] + (NUMBER if mark[3] == mark[2] else mark[3])

    bare = _MARK.sub(without_number, html)
    found = passages(html)
    words = tuple(token for one in found for token in one.tokens)
    tag = found[0].tag if len(found) == 1 else "p"
    return TextBlock(tag, (), words, _in_tags(bare, lambda number: names.get(number, number)))


def _note(item: str, number: str) -> TextBlock:
    """Return a footnote as a block whose HTML does not contain its number, so that only its words are compared."""
    html = _in_tags(item, lambda _: "0")
    words = tuple(token for one in passages(f"<ol>{html}</ol>") for token in one.tokens)
    return TextBlock("p", (), words, html, number)


def _in_tags(html: str, change: Callable[[str], str]) -> str:
    """Change the names of footnotes in the attributes of all tags."""
    return _TAG.sub(lambda tag: _LINK.sub(lambda link: f'{link[1]}{change(link[2])}"', tag[0]), html)
