"""Lists of a Word file: their levels, and the counters that give each item its number."""

import re
from dataclasses import dataclass, field
from typing import Any

from intake.documents.blocks import MAX_LEVELS, Marker
from intake.documents.docx.names import VAL, W
from intake.documents.docx.styles import WordStyles
from intake.documents.numerals import KINDS, numeral

_KINDS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")
_WORD = re.compile(r"\w")
LARGEST = 1_000_000
_LONGEST_LABEL = 100


@dataclass
class _Level:
    kind: str = "1"
    """`type` of the list, empty for bullets, `none` for no number."""
    start: int = 1
    text: str = ""
    restarts_after: int | None = None
    """Number of upper levels whose items restart this one (`w:lvlRestart`). None for all."""


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    by_style: dict[str, int] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


@dataclass
class _Number:
    """One `w:num`: a reference to an abstract list, with its own overrides of levels and start numbers."""

    abstract: _List
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class ListItem:
    """Number of one paragraph: a marker for a list, or a label to write as text."""

    def __init__(self, marker: Marker | None, label: str) -> None:
        self.marker = marker
        self.label = label


class WordNumbering:
    """The numbering part of a Word file. `root` may be None. Items must be asked for in reading order."""

    def __init__(self, root: Any, styles: WordStyles) -> None:
        self._numbers: dict[str, _Number] = {}
        if root is None:
            return
        abstract: dict[str, _List] = {}
        links: dict[str, str] = {}
        # Only direct children: with `iter`, a hostile file with nested lists would be read once for each nesting.
        for element in root.iterchildren(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId") or ""
            abstract[name] = _read_list(element)
            if (link := element.find(f"{W}numStyleLink")) is not None:
                links[name] = link.get(VAL) or ""
        targets = {one.get(f"{W}numId") or "": _abstract_of(one) for one in root.iterchildren(f"{W}num")}
        for element in root.iterchildren(f"{W}num"):
            name = _abstract_of(element)
            if name in links:
                # A list style: the levels are in the list that the style names.
                name = targets.get(styles.list_of(links[name]) or "", name)
            if name in abstract:
                self._numbers[element.get(f"{W}numId") or ""] = _read_number(element, abstract[name])

    def level_of(self, number: str, style: str) -> int:
        """Level of the list that belongs to a paragraph style."""
        found = self._numbers.get(number)
        return found.abstract.by_style.get(style, 0) if found else 0

    def item(self, number: str, depth: int) -> ListItem | None:
        """Count one paragraph, and return its place. None if the list is unknown."""
        found = self._numbers.get(number)
        if found is None:
            return None
        depth = min(depth, MAX_LEVELS - 1)
        level = _level(found, depth)
        value = _count(found, depth, level)
        if level.kind == "":
            return ListItem(Marker(depth, "ul"), "")
        label = _label(found, level, depth)
        if level.kind == "none" or _WORD.search(_PLACE.sub("", level.text)):
            # HTML has no list for "Article 1" and the like, so the label becomes text.
            return ListItem(None, label)
        return ListItem(Marker(depth, "ol", level.kind, value), label)


def _read_list(element: Any) -> _List:
    found = _List()
    for child in element.iterchildren(f"{W}lvl"):
        depth = _integer(child.get(f"{W}ilvl"), 0)
        found.levels[depth] = _read_level(child)
        if (style := child.find(f"{W}pStyle")) is not None:
            found.by_style.setdefault(style.get(VAL) or "", depth)
    return found


def _read_level(element: Any) -> _Level:
    level = _Level()
    for child in element.iter(f"{W}numFmt", f"{W}start", f"{W}lvlText", f"{W}lvlRestart"):
        value = child.get(VAL) or ""
        if child.tag == f"{W}numFmt":
            level.kind = "" if value == "bullet" else "none" if value == "none" else _KINDS.get(value, "1")
        elif child.tag == f"{W}start":
            level.start = _integer(value, 1)
        elif child.tag == f"{W}lvlText":
            level.text = value[:_LONGEST_LABEL]
        else:
            level.restarts_after = _integer(value, 0)
    return level


def _read_number(element: Any, abstract: _List) -> _Number:
    number = _Number(abstract)
    for child in element.iterchildren(f"{W}lvlOverride"):
        depth = _integer(child.get(f"{W}ilvl"), 0)
        if (start := child.find(f"{W}startOverride")) is not None:
            number.starts[depth] = _integer(start.get(VAL), 1)
        if (level := child.find(f"{W}lvl")) is not None:
            number.levels[depth] = _read_level(level)
    return number


def _abstract_of(element: Any) -> str:
    child = element.find(f"{W}abstractNumId")
    return "" if child is None else child.get(VAL) or ""


def _level(number: _Number, depth: int) -> _Level:
    return number.levels.get(depth) or number.abstract.levels.get(depth) or _Level()


def _count(number: _Number, depth: int, level: _Level) -> int:
    """Number of the next item of a level. Items of upper levels restart the lower ones."""
    counters = number.abstract.counters
    if depth in number.starts and depth not in number.begun:
        counters[depth] = number.starts[depth]
    else:
        counters[depth] = counters[depth] + 1 if depth in counters else level.start
    number.begun.add(depth)
    for lower in [one for one in counters if one > depth]:
        after = _level(number, lower).restarts_after
        if after is None or depth < after:
            del counters[lower]
            number.begun.discard(lower)
    return counters[depth]


def _label(number: _Number, level: _Level, depth: int) -> str:
    """Text of an item's number, such as `2.1`."""

    def value(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        upper = _level(number, place)
        count = number.abstract.counters.get(place, upper.start)
        return numeral(count, upper.kind if place <= depth and upper.kind in KINDS else "1")

    return _PLACE.sub(value, level.text)


def _integer(value: str | None, other: int) -> int:
    plain = value or ""
    return min(int(plain[:9]), LARGEST) if plain.isascii() and plain.isdecimal() else other
