"""Detection of footnotes from Word, LibreOffice, Google Docs and others.

A footnote consists of a mark in the text and a note. The mark links to the note, and the note links back.
Names and nesting are not considered, because programs differ in both. A note with several marks keeps only
the first mark.
"""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from intake.text.html import styles

MOST = 999
LONGEST = 200
"""Maximum number of elements in a note or a mark.

Larger elements are not footnotes, because an element is searched once for each link to it.
"""
BACK = "↩"
"""Text of the link from a note back to its mark. pandoc and WordPress use the same sign."""

LINK = re.compile(r"#(?:note|ref)-[1-9]\d{0,2}")
ID = re.compile(r"(?:note|ref)-[1-9]\d{0,2}")

_BLOCKS = frozenset({"p", "li", "div", "dd", "td", "section", "aside"})


@dataclass
class Notes:
    """Elements of a tree that belong to footnotes: marks, blocks of notes, and links from notes to marks."""

    marks: set[Any] = field(default_factory=set)
    blocks: dict[Any, Any] = field(default_factory=dict)
    """Block of a note → mark that links to the note."""
    backs: set[Any] = field(default_factory=set)

    def add(self, mark: Any, block: Any, backs: list[Any]) -> None:
        """Record one footnote: its mark, the block of its note, and the links back."""
        self.marks.add(mark)
        self.blocks[block] = mark
        self.backs.update(backs)


def find(tree: Any, is_dropped: frozenset[str]) -> Notes:
    """Find the footnotes of a tree. Bullets of list items, and elements inside a tag of `is_dropped`, are skipped."""
    notes = Notes()
    links = [link for link in tree.iter("a") if _target(link)]
    if not links:
        return notes
    order = {element: place for place, element in enumerate(tree.iter())}
    named = _named(tree)
    for mark in links[: 4 * MOST]:
        found = _note_of(mark, named, order)
        if found and len(notes.blocks) < MOST and _may_be(mark, *found, notes, is_dropped):
            notes.add(mark, *found)
    return notes


def _may_be(mark: Any, block: Any, backs: list[Any], notes: Notes, dropped: frozenset[str]) -> bool:
    return _are_apart(mark, block, backs[0], notes) and _is_shown(mark, dropped) and _is_shown(block, dropped)


def _named(tree: Any) -> dict[str, Any]:
    """Link targets by `id`, or by the older `name` attribute.

    If a name occurs twice, the first element counts.
    """
    named: dict[str, Any] = {}
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    named.setdefault(name, element)
    return named


def _note_of(mark: Any, named: dict[str, Any], order: dict[Any, int]) -> tuple[Any, list[Any]] | None:
    """Block of the note that `mark` links to, and the links back in that block, first the one to `mark`.

    None if `mark` is another link.
    """
    target = named.get(_target(mark))
    if target is None or order[target] <= order[mark] or not _is_mark(mark):
        return None
    block = target if target.tag in _BLOCKS else _block_of(target)
    if block is None or block in mark.iterancestors() or _is_long(block):
        return None
    back = next((link for link in block.iter("a") if _leads_to(link, mark, named)), None)
    if back is None:
        return None
    whole = _whole(block, back, named)
    others = [link for link in whole.iter("a") if link is not back and _is_another_back(link, mark, named)]
    return whole, [back, *others]


def _target(link: Any) -> str:
    """Fragment of a link target. An address before `#` is ignored, because browsers add that of the page when they copy."""
    return str((link.get("href") or "").partition("#")[2])


def _is_mark(link: Any) -> bool:
    """Return whether a link has visible text and no block elements, so that it can mark a footnote."""
    if _is_long(link) or any(one.tag in _BLOCKS for one in link.iterdescendants()):
        return False
    return bool("".join(link.itertext()).strip())


def _is_long(block: Any) -> bool:
    return next(islice(block.iter(), LONGEST, None), None) is not None


def _leads_to(link: Any, mark: Any, named: dict[str, Any]) -> bool:
    end = named.get(_target(link))
    # The target of the link back may be the mark, the element around the mark, or an element inside it.
    return end is not None and link is not mark and (end is mark or end in _near(mark))


def _is_another_back(link: Any, mark: Any, named: dict[str, Any]) -> bool:
    """Return whether a link in a note leads to a further mark of the same note."""
    end = named.get(_target(link))
    # The `id` may be on the mark or on an element around it, so the first elements inside are searched too.
    found = () if end is None else islice(end.iter(), 5)
    return any(one.tag == "a" and _target(one) == _target(mark) for one in found)


def _near(mark: Any) -> list[Any]:
    parent = mark.getparent()
    return [
        *mark.iterdescendants(),
        *([parent] if parent is not None and parent.tag in {"sup", "span"} else []),
    ]


def _block_of(element: Any) -> Any:
    return next((one for one in element.iterancestors() if one.tag in _BLOCKS), None)


def _whole(block: Any, back: Any, named: dict[str, Any]) -> Any:
    """Block that contains all paragraphs of a note, found from its first paragraph.

    This is the parent `<li>` or `<div>` if the link back is the only link in it that leads into the text, otherwise
    `block`.
    """
    parent = block.getparent()
    if block.tag != "p" or parent is None or parent.tag not in {"li", "div"} or _is_long(parent):
        return block
    others = (link for link in parent.iter("a") if link is not back and _target(link) in named)
    return parent if next(others, None) is None else block


def _are_apart(mark: Any, block: Any, back: Any, notes: Notes) -> bool:
    """Return whether a new footnote does not overlap the footnotes found before.

    Its mark must be outside its note, and both must be outside other notes. Its note must contain no other
    note or mark.
    """
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
        if one.tag in dropped or styles.read(one.get("style") or "").marker:
            return False
    return True
