"""Detection of footnotes from Word, LibreOffice, Google Docs and others.

A footnote is a mark that links to a note, and a note that links back. Nothing else is assumed, because programs
name and nest them differently. A note with several marks keeps the first.
"""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from intake.text.html import styles

MOST = 999
LONGEST = 200
"""Maximum number of elements in a note or a mark. Longer ones are no notes, because each is searched once per link."""
BACK = "↩"
"""Text of the link from a note back to its mark. pandoc and WordPress use the same sign."""

LINK = re.compile(r"#(?:note|ref)-[1-9]\d{0,2}")
ID = re.compile(r"(?:note|ref)-[1-9]\d{0,2}")

_BLOCKS = frozenset({"p", "li", "div", "dd", "td", "section", "aside"})


@dataclass
class Notes:
    """Elements of a tree that belong to notes: marks, blocks of notes, and links back."""

    marks: set[Any] = field(default_factory=set)
    blocks: dict[Any, Any] = field(default_factory=dict)
    """Block of a note → the mark that leads to it."""
    backs: set[Any] = field(default_factory=set)

    def add(self, mark: Any, block: Any, back: Any) -> None:
        """Record one note."""
        self.marks.add(mark)
        self.blocks[block] = mark
        self.backs.add(back)


def find(tree: Any, is_dropped: frozenset[str]) -> Notes:
    """Find the notes of a tree. Hidden elements and those inside tags of `is_dropped` are skipped."""
    notes = Notes()
    links = [
        link for link in tree.iter("a") if len(link.get("href") or "") > 1 and link.get("href")[0] == "#"
    ]
    if not links:
        return notes
    order = {element: place for place, element in enumerate(tree.iter())}
    named = _named(tree)
    for mark in links[: 4 * MOST]:
        found = _note_of(mark, named, order)
        if found and len(notes.blocks) < MOST and _may_be(mark, *found, notes, is_dropped):
            notes.add(mark, *found)
    return notes


def _may_be(mark: Any, block: Any, back: Any, notes: Notes, dropped: frozenset[str]) -> bool:
    return _are_apart(mark, block, back, notes) and _is_shown(mark, dropped) and _is_shown(block, dropped)


def _named(tree: Any) -> dict[str, Any]:
    """Link targets by `id`, or by the older `name` attribute. The first of equal names counts."""
    named: dict[str, Any] = {}
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    named.setdefault(name, element)
    return named


def _note_of(mark: Any, named: dict[str, Any], order: dict[Any, int]) -> tuple[Any, Any] | None:
    """Block of the note that a link leads to, and the link back inside it. None if the link is no mark."""
    target = named.get(mark.get("href")[1:])
    if target is None or order[target] <= order[mark] or not _is_mark(mark):
        return None
    block = target if target.tag in _BLOCKS else _block_of(target)
    if block is None or block in mark.iterancestors() or _is_long(block):
        return None
    back = next((link for link in block.iter("a") if _leads_to(link, mark, named)), None)
    return None if back is None else (_whole(block), back)


def _is_mark(link: Any) -> bool:
    """Return whether a link has visible text and no block elements, so that it can be a mark."""
    if _is_long(link) or any(one.tag in _BLOCKS for one in link.iterdescendants()):
        return False
    return bool("".join(link.itertext()).strip())


def _is_long(block: Any) -> bool:
    return next(islice(block.iter(), LONGEST, None), None) is not None


def _leads_to(link: Any, mark: Any, named: dict[str, Any]) -> bool:
    href = link.get("href") or ""
    end = named.get(href[1:]) if href.startswith("#") else None
    # The name may be on the mark, around it, or inside it.
    return end is not None and link is not mark and (end is mark or end in _near(mark))


def _near(mark: Any) -> list[Any]:
    parent = mark.getparent()
    return [
        *mark.iterdescendants(),
        *([parent] if parent is not None and parent.tag in {"sup", "span"} else []),
    ]


def _block_of(element: Any) -> Any:
    return next((one for one in element.iterancestors() if one.tag in _BLOCKS), None)


def _whole(block: Any) -> Any:
    """Extend a note's block to its further paragraphs: the parent box or item, if it holds no other internal link."""
    parent = block.getparent()
    if block.tag != "p" or parent is None or parent.tag not in {"li", "div"} or _is_long(parent):
        return block
    inner = [link for link in parent.iter("a") if (link.get("href") or "").startswith("#")]
    return parent if len(inner) == 1 else block


def _are_apart(mark: Any, block: Any, back: Any, notes: Notes) -> bool:
    """Return whether a note overlaps no other note, contains no mark, and is no part of one."""
    around = {block, *block.iterancestors()}
    if mark in notes.marks or back in notes.backs or not around.isdisjoint(notes.blocks):
        return False
    above = set(mark.iterancestors())
    if block in above or not above.isdisjoint(notes.blocks):
        return False
    inside = set(block.iterdescendants())
    return inside.isdisjoint(notes.blocks) and inside.isdisjoint(notes.marks)


def _is_shown(element: Any, dropped: frozenset[str]) -> bool:
    for one in (element, *element.iterancestors()):
        style = styles.read(one.get("style") or "")
        if one.tag in dropped or style.hidden or style.marker or one.get("hidden") is not None:
            return False
    return True
