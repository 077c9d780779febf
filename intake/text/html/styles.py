"""Parse `style` attributes: emphasis, white space, fonts, and list items that Word wrote."""

import re
from dataclasses import dataclass
from functools import lru_cache

from intake.text.html.elements import symbol_fonts

Marks = frozenset[str]
_NONE: Marks = frozenset()
_LEVEL = re.compile(r"\b(l\d+)\s+level(\d)\b(?:\s+(lfo\d+))?")
_MOST_TABS = 20
_ALIGNED = {"sub": "sub", "super": "sup"}
_DECORATED = {"underline": "u", "line-through": "s"}
_SPACES = {
    "normal": "normal", "nowrap": "normal", "collapse": "normal", "pre": "pre", "pre-wrap": "pre-wrap", "preserve": "pre-wrap",
    "break-spaces": "pre-wrap", "-moz-pre-wrap": "pre-wrap", "pre-line": "pre-line", "preserve-breaks": "pre-line",
}  # fmt: skip
_NUMBERINGS = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """Effects of a `style` attribute.

    `adds` and `drops` are the formatting tags (`strong`, `em`, `u` …) that it switches on and off.
    `marker` is true for the bullet or number of a list item from Word.
    `level` is the level of that list item, from 1. Elements outside a list have 0. `list_id` names its list.
    `space` is how white space is kept: `pre`, `pre-wrap`, `pre-line` or `normal`. Empty if it is inherited.
    `font` is a symbol font, or `-` for another font. `direction` is `rtl` or `ltr`. Both are empty if inherited.
    `tabs` is the number of tabs that Word writes as spaces.
    `numbering` is the type of an ordered list: `a`, `A`, `i` or `I`.
    """

    adds: Marks = _NONE
    drops: Marks = _NONE
    marker: bool = False
    level: int = 0
    list_id: str = ""
    space: str = ""
    font: str = ""
    direction: str = ""
    numbering: str = ""
    tabs: int = 0


PLAIN = Style()


@lru_cache(maxsize=2048)
def read(style: str) -> Style:
    """Parse a style attribute. Cached, because one document repeats the same few values."""
    rules = [rule.partition(":") for rule in style.lower().split(";")]
    values = {name.strip(): value.removesuffix("!important").strip() for name, _, value in rules}
    listed = _LEVEL.search(values.get("mso-list", ""))
    adds, drops = _emphasis(values)
    direction = values.get("direction", "")
    return Style(
        adds=adds,
        drops=drops,
        marker=values.get("mso-list") == "ignore",
        level=int(listed[2]) if listed else 0,
        list_id=f"{listed[1]} {listed[3]}" if listed else "",
        space=_SPACES.get(values.get("white-space", ""), ""),
        font=_font(values),
        direction=direction if direction in ("rtl", "ltr") else "",
        numbering=_numbering(values),
        tabs=_tabs(values),
    )


def _font(values: dict[str, str]) -> str:
    named = values.get("font-family")
    return symbol_fonts.family(named) if named else ""


def _numbering(values: dict[str, str]) -> str:
    named = values.get("list-style-type") or values.get("list-style") or ""
    return next((_NUMBERINGS[word] for word in named.split() if word in _NUMBERINGS), "")


def _tabs(values: dict[str, str]) -> int:
    number = values.get("mso-tab-count", "").partition(" ")[0]
    return min(int(number), _MOST_TABS) if number.isascii() and number.isdecimal() and len(number) < 4 else 0


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
