"""Parse `style` attributes: emphasis, and list items that Word wrote."""

import re
from dataclasses import dataclass
from functools import lru_cache

Marks = frozenset[str]
_NONE: Marks = frozenset()
_LEVEL = re.compile(r"\bl\d+\s+level(\d)\b")
_ALIGNED = {"sub": "sub", "super": "sup"}
_DECORATED = {"underline": "u", "line-through": "s"}


@dataclass(frozen=True, slots=True)
class Style:
    """Effects of a `style` attribute.

    `adds` and `drops` are the formatting tags (`strong`, `em`, `u` …) that it switches on and off.
    `marker` is true for the bullet or number of a list item from Word.
    `level` is the level of that list item, from 1. Elements outside a list have 0.
    """

    adds: Marks = _NONE
    drops: Marks = _NONE
    marker: bool = False
    level: int = 0


PLAIN = Style()


@lru_cache(maxsize=2048)
def read(style: str) -> Style:
    """Parse a style attribute. Cached, because one document repeats the same few values."""
    rules = [rule.partition(":") for rule in style.lower().split(";")]
    values = {name.strip(): value.removesuffix("!important").strip() for name, _, value in rules}
    listed = _LEVEL.search(values.get("mso-list", ""))
    adds, drops = _emphasis(values)
    return Style(
        adds=adds,
        drops=drops,
        marker=values.get("mso-list") == "ignore",
        level=int(listed[1]) if listed else 0,
    )


def _emphasis(values: dict[str, str]) -> tuple[Marks, Marks]:
    adds: set[str] = set()
    drops: set[str] = set()
    for name, mark, test in (("font-weight", "strong", _is_bold), ("font-style", "em", _is_italic)):
        if value := values.get(name):
            (adds if test(value) else drops).add(mark)
    decoration = f"{values.get('text-decoration', '')} {values.get('text-decoration-line', '')}".split()
    adds |= {_DECORATED[word] for word in decoration if word in _DECORATED}
    if aligned := _ALIGNED.get(values.get("vertical-align", "")):
        adds.add(aligned)
    return frozenset(adds), frozenset(drops)


def _is_bold(value: str) -> bool:
    return value in {"bold", "bolder"} or (value.isdecimal() and int(value[:4]) >= 600)


def _is_italic(value: str) -> bool:
    return value.startswith(("italic", "oblique"))
