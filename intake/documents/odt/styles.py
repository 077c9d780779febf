"""Styles of an OpenDocument text: emphasis, visibility, direction, and list levels."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from intake.documents import visibility
from intake.documents.numerals import KINDS
from intake.documents.odt.names import FO, LOEXT, STYLE, TABLE, TEXT

Properties = dict[str, Any]
"""Name → value. Only the names that are set: `b`, `i`, `u`, `s`, `hidden`, `rtl` (bool), `align`, `color`,
`background`, `points`, `title` (heading tag), `quote` (bool).
"""

_POINTS = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|px|pc)")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_QUOTES = frozenset(
    {"quotations", "quote", "block_20_quotation", "blockquote", "intense_20_quote", "block_20_text"}
)
_TITLES = {"title": "h1", "subtitle": "h2"}


@dataclass(frozen=True)
class ListLevel:
    """One level of a list style. `kind` is the `type` of the list, empty for bullets."""

    kind: str = ""
    start: int = 1


class OdtStyles:
    """Styles of the parts `styles.xml` (may be None) and `content.xml`, by family and name."""

    def __init__(self, *roots: Any) -> None:
        self._elements: dict[tuple[str, str], Any] = {}
        self._defaults: dict[str, Any] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self._known: dict[tuple[str, str], Properties] = {}
        for root in roots:
            if root is not None:
                self._index(root)

    def _index(self, root: Any) -> None:
        for element in root.iter(f"{STYLE}style", f"{STYLE}default-style", f"{TEXT}list-style"):
            family = element.get(f"{STYLE}family") or ""
            if element.tag == f"{STYLE}default-style":
                self._defaults[family] = element
            elif element.tag == f"{STYLE}style":
                self._elements[family, element.get(f"{STYLE}name") or ""] = element
            else:
                self._lists[element.get(f"{STYLE}name") or ""] = dict(_levels(element))

    def read(self, family: str, name: str) -> Properties:
        """Properties of a style with everything that it is based on."""
        key = family, name
        if key not in self._known:
            names, base = self._unknown(family, name)
            found = self._known.get((family, base)) or self._default(family) | _named(base)
            for one in names:
                found = found | _named(one) | _read(self._elements[family, one])
                self._known[family, one] = found
            self._known.setdefault(key, found)
        return self._known[key]

    def _default(self, family: str) -> Properties:
        if ("default", family) not in self._known:
            element = self._defaults.get(family)
            self._known["default", family] = {} if element is None else _read(element)
        return self._known["default", family]

    def _unknown(self, family: str, name: str) -> tuple[list[str], str]:
        """Styles of an inheritance chain not read yet, base first, and the name of the known style that they end at."""
        found: dict[str, None] = {}
        while (family, name) in self._elements and (family, name) not in self._known and name not in found:
            found[name] = None
            name = self._elements[family, name].get(f"{STYLE}parent-style-name") or ""
        return list(found)[::-1], name

    def list_level(self, name: str, depth: int) -> ListLevel:
        """Level of a list style, from 0. Unknown lists have bullets."""
        return self._lists.get(name, {}).get(depth) or ListLevel()


def _named(name: str) -> Properties:
    """Properties that follow from the name of a paragraph style."""
    plain = name.lower()
    return {"title": _TITLES[plain]} if plain in _TITLES else {"quote": True} if plain in _QUOTES else {}


def _levels(element: Any) -> Iterator[tuple[int, ListLevel]]:
    for child in element:
        depth = child.get(f"{TEXT}level") or ""
        if not (depth.isascii() and depth.isdecimal()):
            continue
        kind = ""
        if child.tag == f"{TEXT}list-level-style-number":
            given = child.get(f"{STYLE}num-format") or "1"
            kind = given if given in KINDS else "1"
        yield int(depth[:2]) - 1, ListLevel(kind, number(child.get(f"{TEXT}start-value"), 1))


def number(value: str | None, other: int) -> int:
    """A whole number of at most six digits, otherwise `other`."""
    plain = value or ""
    return int(plain[:6]) if plain.isascii() and plain.isdecimal() else other


def _read(element: Any) -> Properties:
    found: Properties = {}
    for child in element:
        for name, value in child.attrib.items():
            if name in _READERS:
                key, convert = _READERS[name]
                found[key] = convert(value.strip())
        _adjust_color(found, child)
    return found


def _adjust_color(found: Properties, child: Any) -> None:
    if child.get(f"{STYLE}use-window-font-color") == "true":
        found["color"] = None
    # LibreOffice writes the transparency of a text as `loext:opacity="0%"`.
    if number((child.get(f"{LOEXT}opacity") or "").rstrip("%"), 100) <= _TRANSPARENT:
        found["color"] = visibility.TRANSPARENT


_TRANSPARENT = 5
"""Percent of opacity up to which a text cannot be seen."""


def _is_bold(value: str) -> bool:
    return value == "bold" or (value.isascii() and value.isdecimal() and int(value[:4]) >= 600)


def _is_italic(value: str) -> bool:
    return value in ("italic", "oblique")


def _is_drawn(value: str) -> bool:
    return value not in ("none", "")


def _align(value: str) -> str:
    """`sup`, `sub` or nothing for a position such as `super 58%` or `-33% 58%`."""
    first = value.split(" ", 1)[0].rstrip("%")
    if first == "super" or (first[:1].isdecimal() and first.strip("0.")):
        return "sup"
    return "sub" if first == "sub" or first.startswith("-") else ""


def _points(value: str) -> float | None:
    size = _POINTS.fullmatch(value)
    return float(size[1]) * _UNITS[size[2]] if size else None


def _is_rtl(value: str) -> bool:
    return value.startswith("rl") or value == "rtl"


def _is_undisplayed(value: str) -> bool:
    return value not in ("true", "")


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    f"{FO}font-weight": ("b", _is_bold),
    f"{FO}font-style": ("i", _is_italic),
    f"{STYLE}text-underline-style": ("u", _is_drawn),
    f"{STYLE}text-line-through-style": ("s", _is_drawn),
    f"{STYLE}text-position": ("align", _align),
    f"{TEXT}display": ("hidden", _is_undisplayed),
    f"{TABLE}display": ("hidden", _is_undisplayed),
    f"{FO}color": ("color", visibility.hex_color),
    f"{FO}background-color": ("background", visibility.hex_color),
    f"{FO}font-size": ("points", _points),
    f"{STYLE}writing-mode": ("rtl", _is_rtl),
}
"""Attribute → name of the property, and how its value is read."""
