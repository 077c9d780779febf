"""Characters by script and property.

The tables are written by script/unicode-tables (tables.json) and script/ideographic-variations (ideographs.json).
"""

import json
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("intake.text.unicode").joinpath("tables.json").read_bytes())
    return data


def _pairs(ranges: str) -> list[tuple[int, int]]:
    bounds = [part.split("-") for part in ranges.split()]
    return [(int(part[0], 16), int(part[-1], 16)) for part in bounds]


@cache
def points(name: str) -> frozenset[str]:
    """All characters with a property (`mark`, `virama`, `pictograph` …). Use `has` for large properties."""
    return frozenset(
        chr(code) for first, last in _pairs(_tables()["properties"][name]) for code in range(first, last + 1)
    )


def char_class(*names: str) -> str:
    """Body of a regular-expression class for scripts (`Arab`) and properties (`mark`).

    Covers the Basic Multilingual Plane only: `re` tests ranges beyond it one by one, which takes 20 times as
    long.
    """
    tables = {**_tables()["scripts"], **_tables()["properties"]}
    pairs = [
        (first, min(last, 0xFFFF))
        for name in names
        for first, last in _pairs(tables[name])
        if first <= 0xFFFF
    ]
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in pairs)


@cache
def _bounds(name: str) -> list[int]:
    return [bound for first, last in _pairs(_tables()["properties"][name]) for bound in (first, last + 1)]


def has(char: str, name: str) -> bool:
    """Return whether a character has a property.

    Use this for large properties (`unassigned`), because it builds no set.
    """
    return bisect_right(_bounds(name), ord(char)) % 2 == 1


@cache
def _script_starts() -> tuple[list[int], list[tuple[int, str]]]:
    found = sorted(
        (first, last, code) for code, ranges in _tables()["scripts"].items() for first, last in _pairs(ranges)
    )
    return [first for first, _, _ in found], [(last, code) for _, last, code in found]


@cache
def script(char: str) -> str:
    """Four-letter script code of `char`. `Zinh` for inherited, "" for characters of all scripts."""
    starts, ends = _script_starts()
    place = bisect_right(starts, ord(char)) - 1 if char else -1
    if place < 0:
        return ""
    last, code = ends[place]
    return code if ord(char) <= last else ""


@cache
def characters(code: str) -> frozenset[str]:
    """All characters of a script, given by its four-letter code. Empty for an unknown code."""
    ranges = _pairs(_tables()["scripts"].get(code, ""))
    return frozenset(chr(point) for first, last in ranges for point in range(first, last + 1))


@cache
def _variation_bases(selector: str) -> frozenset[int]:
    return _codes(_tables()["variations"].get(f"{ord(selector):04X}", ""))


def _codes(ranges: str) -> frozenset[int]:
    return frozenset(code for first, last in _pairs(ranges) for code in range(first, last + 1))


def is_variation(base: str, selector: str) -> bool:
    """Return whether Unicode defines the base character with this variation selector.

    Sources: StandardizedVariants.txt and emoji-variation-sequences.txt.
    """
    return bool(base) and ord(base) in _variation_bases(selector)


@cache
def _mongolian_bases(position: str, selector: str) -> frozenset[int]:
    return _codes(_tables()["mongolian"][position].get(f"{ord(selector):04X}", ""))


def is_mongolian_variation(base: str, selector: str, position: str) -> bool:
    """Return whether the selector changes a Mongolian letter at this position.

    `position` is `isolate`, `initial`, `medial` or `final`. Source: StandardizedVariants.txt.
    """
    return bool(base) and ord(base) in _mongolian_bases(position, selector)


@cache
def _shapes() -> dict[str, int]:
    path = files("intake.text.unicode").joinpath("ideographs.json")
    numbers: dict[str, str] = json.loads(path.read_bytes())
    return {chr(int(code, 16)): int(number) for number, codes in numbers.items() for code in codes.split()}


def is_ideographic_variation(base: str, selector: str) -> bool:
    """Return whether the selector chooses one of several registered shapes of a Han sign (UTS 37)."""
    return ord(selector) - 0xE0100 < _shapes().get(base, 0)
