"""Three-way merge of cleaned texts by block: paragraph, heading, list, table, rule, footnote.

Programs that merge lines, such as diff3, report a conflict if two neighbouring lines were changed. In a text, two
neighbouring lines are two paragraphs. So each block of the base is compared alone with its successor on either side.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal

from intake.text.compare.align import align
from intake.text.compare.engine import Deadline
from intake.text.merge.blocks import Named, TextBlock, marks, named, numbered, parts, renamed

__all__ = ["BOTH", "PICKS", "Conflict", "Merge", "Pick", "merge"]

Pick = Literal["theirs", "mine", "both"]
PICKS: tuple[Pick, ...] = ("theirs", "mine", "both")
BOTH: Pick = "both"
_ITEM = re.compile(r"<li[^<>]*>(.*)</li>", re.DOTALL)


@dataclass(frozen=True)
class Conflict:
    """A block that both sides changed, each in another way.

    `base`, `mine` and `theirs` are HTML of one block or footnote. A removed one is empty.
    Footnotes in it have names instead of numbers. `is_note` is set for a footnote.
    """

    base: str
    mine: str
    theirs: str
    is_note: bool = False

    @property
    def key(self) -> str:
        """Name of the conflict, which is equal in every merge of the same blocks."""
        return sha256(f"{self.base}\0{self.mine}\0{self.theirs}".encode()).hexdigest()[:16]

    def picked(self, pick: Pick) -> str:
        """HTML of the block according to a pick (mine, theirs or both)."""
        if pick != BOTH:
            return self.mine if pick == "mine" else self.theirs
        inner = _ITEM.fullmatch(self.mine) if self.is_note and self.theirs else None
        return f"{self.theirs.removesuffix('</li>')} {inner[1]}</li>" if inner else self.theirs + self.mine


Item = str | Conflict


@dataclass(frozen=True)
class Merge:
    """Result of a merge: HTML of blocks, and conflicts, in reading order. `notes` are the footnotes by name."""

    items: list[Item]
    notes: dict[str, Item] = field(default_factory=dict)

    @property
    def conflicts(self) -> list[Conflict]:
        """Conflicts of the text, then those of its footnotes."""
        return [one for one in (*self.items, *self.notes.values()) if isinstance(one, Conflict)]

    def text(self, picks: Mapping[str, Pick] | None = None) -> str:
        """HTML of the merged text. `picks` maps keys of conflicts to picks. The default pick is both versions."""
        chosen = picks or {}

        def html(item: Item) -> str:
            return item if isinstance(item, str) else item.picked(chosen.get(item.key, BOTH))

        text = "".join(map(html, self.items))
        marked = set(marks(text))
        # A chosen footnote whose reference was removed becomes part of the text, so that it is not lost.
        notes = {
            name: html(item)
            for name, item in self.notes.items()
            if name in marked or isinstance(item, Conflict)
        }
        return numbered(text, {name: note for name, note in notes.items() if note})


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merge two cleaned texts that were both made from the cleaned text `base`.

    Each changed block of either side is in the result: once if both sides made the same change, and in a conflict if
    they made different ones. Where both added blocks, those of `theirs` come first.
    """
    before = parts(base)
    start = named(before, before)
    my_side, their_side = named(parts(mine), before), named(parts(theirs), before)
    my_side = renamed(my_side, _other_names(my_side, their_side, start))
    my_blocks, their_blocks = _pair(start.blocks, my_side.blocks), _pair(start.blocks, their_side.blocks)
    return Merge(list(_items(start.blocks, my_blocks, their_blocks)), _notes(start, my_side, their_side))


def _other_names(mine: Named, theirs: Named, base: Named) -> dict[str, str]:
    """New names for footnotes that both sides added with the same words, but not at the same place."""
    both = (mine.notes.keys() & theirs.notes.keys()) - base.notes.keys()
    return {name: f"m{name}" for name in both if _around(mine, name) != _around(theirs, name)}


def _around(side: Named, name: str) -> list[str]:
    return [one.html for one in side.blocks if name in marks(one.html)]


@dataclass(frozen=True)
class _Side:
    """Changes of one side: for each block of the base its successor (None if removed) and the blocks inserted before.

    `inserted` has one more entry, for the blocks at the end.
    """

    kept: list[TextBlock | None]
    inserted: list[list[TextBlock]]


def _pair(base: Sequence[TextBlock], side: Sequence[TextBlock]) -> _Side:
    kept: list[TextBlock | None] = []
    inserted: list[list[TextBlock]] = [[] for _ in range(len(base) + 1)]
    gone, new = 0, list[TextBlock]()
    for old, other in align(base, side, Deadline()):
        if old is not None and other is not None:
            _replace(kept, inserted, gone, new)
            kept.append(other)
            gone, new = 0, []
        elif other is None:
            gone += 1
        else:
            new.append(other)
    _replace(kept, inserted, gone, new)
    return _Side(kept, inserted)


def _replace(
    kept: list[TextBlock | None], inserted: list[list[TextBlock]], gone: int, new: list[TextBlock]
) -> None:
    """Record that `gone` blocks of the base became the blocks `new`. They are paired by position."""
    kept += [*new[:gone], *[None] * (gone - len(new))]
    inserted[len(kept)] += new[gone:]


def _items(base: Sequence[TextBlock], mine: _Side, theirs: _Side) -> Iterator[Item]:
    for place in range(len(base) + 1):
        yield from _together(theirs.inserted[place], mine.inserted[place])
        if place < len(base):
            item = _item(base[place], mine.kept[place], theirs.kept[place])
            if item:
                yield item


def _together(theirs: list[TextBlock], mine: list[TextBlock]) -> Iterator[str]:
    """Blocks that the two sides inserted at the same place. Equal blocks appear once."""
    steps = SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
    for step, start, end, from_, to in steps:
        yield from (one.html for one in theirs[start:end])
        if step != "equal":
            yield from (one.html for one in mine[from_:to])


def _item(
    base: TextBlock | None, mine: TextBlock | None, theirs: TextBlock | None, *, is_note: bool = False
) -> Item:
    if mine in (theirs, base):
        return theirs.html if theirs else ""
    if theirs == base:
        return mine.html if mine else ""
    old, my_html, their_html = (one.html if one else "" for one in (base, mine, theirs))
    return Conflict(old, my_html, their_html, is_note)


def _notes(base: Named, mine: Named, theirs: Named) -> dict[str, Item]:
    names = dict.fromkeys([*base.notes, *theirs.notes, *mine.notes])
    found = {
        name: _item(base.notes.get(name), mine.notes.get(name), theirs.notes.get(name), is_note=True)
        for name in names
    }
    return {name: item for name, item in found.items() if item}
