"""Split a cleaned text into passages: paragraphs, headings, list items and table rows.

Each passage has its words with their formatting.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from intake.text.html.blocks import MARKS
from intake.text.html.placements import ID, TAG
from intake.text.html.reader import parse
from intake.text.unicode import tables

_MARK = tables.char_class("mark")
# Scripts without spaces: each letter is a token, together with its combining marks.
_ALONE = tables.char_class("Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt")
_TOKEN = re.compile(
    rf"[{_ALONE}\U00020000-\U0003ffff][{_MARK}]*|(?:(?![{_ALONE}])[\w{_MARK}\u200c\u200d'’])+|\s+|."
)
BREAK = "↵"
CELL = " │ "
_LEAVES = frozenset({"p", "h2", "h3", "h4", "pre"})
_BOXES = frozenset({"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "td", "th"})


class TextToken(NamedTuple):
    """A word or the text between two words, with its formatting tags (`marks`) and link target."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str | None = None


@dataclass(frozen=True)
class Passage:
    """One paragraph, heading, list item, table row, rule or placed photo.

    `tag` is p, h2, h3, h4, pre, hr, tr or figure.

    `place` names the enclosing blocks, outermost first (`blockquote`, `ul`, `ol`).
    """

    tag: str
    place: tuple[str, ...] = ()
    tokens: tuple[TextToken, ...] = field(default=())

    @property
    def text(self) -> str:
        """Plain text of the passage."""
        return "".join(token.text for token in self.tokens)


def tokens(text: str, marks: frozenset[str] = frozenset(), href: str | None = None) -> Iterator[TextToken]:
    """Split a line into words and the text between them."""
    for found in _TOKEN.finditer(text):
        yield TextToken(found.group(), marks, href)


def passages(html: str, photos: Mapping[str, str] | None = None) -> list[Passage]:
    """Passages of cleaned HTML, in reading order.

    A placed photo is a passage of one token: the name that `photos` has for its id, or else the id.
    """
    tree = parse(html) if html else None
    body = tree.find("body") if tree is not None else None
    found = [] if body is None else list(_of_box(body, ()))
    return [_named(one, photos) if one.tag == TAG else one for one in found] if photos else found


def _named(passage: Passage, photos: Mapping[str, str]) -> Passage:
    name = passage.text
    return Passage(TAG, passage.place, (TextToken(photos.get(name, name)),))


def _of_box(box: Any, place: tuple[str, ...]) -> Iterator[Passage]:
    """Passages inside a block.

    Text without `<p>`, as in a list item or cell with one paragraph, counts as a paragraph.
    """
    loose = list(tokens(box.text or ""))
    for child in box:
        if child.tag in _LEAVES or child.tag in _BOXES or child.tag in ("hr", TAG):
            yield from _paragraph(loose, place)
            yield from _of_block(child, place)
            loose = []
        else:
            loose += _inline(child, frozenset(), None)
        loose += tokens(child.tail or "")
    yield from _paragraph(loose, place)


def _paragraph(loose: list[TextToken], place: tuple[str, ...]) -> Iterator[Passage]:
    if any(token.text.strip() for token in loose):
        yield Passage("p", place, tuple(_folded(loose)))


def _folded(found: Iterable[TextToken]) -> Iterator[TextToken]:
    """Replace white space, including line ends, by one space, as a browser shows it."""
    return (token._replace(text=" ") if token.text.isspace() else token for token in found)


def _of_block(block: Any, place: tuple[str, ...]) -> Iterator[Passage]:
    if block.tag == "hr":
        yield Passage("hr", place)
    elif block.tag == TAG:
        named = ID.fullmatch(block.get("id") or "")
        yield Passage(TAG, place, (TextToken(named[1] if named else ""),))
    elif block.tag in _LEAVES:
        inside = _inside(block, frozenset(), None)
        yield Passage(block.tag, place, tuple(inside if block.tag == "pre" else _folded(inside)))
    elif block.tag == "tr":
        yield Passage("tr", place, tuple(_folded(_row(block))))
    else:
        inner = (*place, block.tag) if block.tag in {"ul", "ol", "blockquote"} else place
        yield from _of_box(block, inner)


def _row(row: Any) -> Iterator[TextToken]:
    for number, cell in enumerate(row):
        if number:
            yield TextToken(CELL)
        yield from _inside(cell, frozenset(), None)


def _inside(element: Any, marks: frozenset[str], href: str | None) -> Iterator[TextToken]:
    yield from tokens(element.text or "", marks, href)
    for child in element:
        if child.tag in _LEAVES or child.tag in _BOXES:
            # A cell with several blocks: separate them by a space.
            yield TextToken(" ")
        yield from _inline(child, marks, href)
        yield from tokens(child.tail or "", marks, href)


def _inline(element: Any, marks: frozenset[str], href: str | None) -> Iterator[TextToken]:
    if element.tag == "br":
        yield TextToken(BREAK, marks, href)
        return
    own = marks | {element.tag} if element.tag in MARKS else marks
    yield from _inside(element, own, element.get("href") if element.tag == "a" else href)
