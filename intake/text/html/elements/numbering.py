"""Numbering of list items whose numbers are visible text (Word), and assignment of these items to lists."""

from typing import NamedTuple

from intake.text.html.blocks import Box

# Numbering types of the levels in Word's default lists: 1. a. i. 1. …
_USUAL = ("1", "a", "i")


class LeveledItem(NamedTuple):
    """List item with its nesting level, from 1. `tag` is the tag of its list, and `list_id` names the list.

    `numbers` holds each pair of type and number that its marker can mean, likeliest first. It is empty if the number is not
    known.
    """

    level: int
    tag: str
    numbers: tuple[tuple[str, int], ...] = ()
    list_id: str = ""
    direction: dict[str, str] = {}  # noqa: RUF012 - never changed


class _List(NamedTuple):
    list_id: str
    kind: str
    following: int


class Numbering:
    """Ids, types and next numbers of the lists written so far."""

    def __init__(self) -> None:
        self._lists: dict[int, _List] = {}

    def continues(self, box: Box, item: LeveledItem) -> bool:
        """Return whether an item continues `box`, a list with the tag of the item directly before it."""
        known = self._lists.get(id(box))
        if known is None or not item.numbers:
            return True
        if any(number == known.following and (known.kind or kind) == kind for kind, number in item.numbers):
            return True
        of_kind = dict(item.numbers).get(known.kind)
        return of_kind is not None and of_kind != 1 and known.list_id == item.list_id

    def begin(self, item: LeveledItem) -> dict[str, str]:
        """Attributes of the list that an item begins."""
        if not item.numbers:
            return {}
        kind, number = item.numbers[0]
        usual = _USUAL[(item.level - 1) % len(_USUAL)] if item.level > 1 else "1"
        attributes = {"start": str(number)} if number != 1 else {}
        return attributes if kind in ("1", usual) else attributes | {"type": kind}

    def add(self, box: Box, item: LeveledItem) -> dict[str, str]:
        """Record an item of a list. Returns its attributes: `value` if its number is not the next in the list."""
        known = self._lists.get(id(box))
        if known is None:
            kind, number = (
                item.numbers[0] if item.numbers and not box.children else ("", len(box.children) + 1)
            )
            self._lists[id(box)] = _List(item.list_id, kind, number + 1)
            return {}
        number = dict(item.numbers).get(known.kind, known.following)
        self._lists[id(box)] = _List(item.list_id, known.kind, number + 1)
        return {"value": str(number)} if known.kind and number != known.following else {}
