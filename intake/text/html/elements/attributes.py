"""Attributes that blocks keep: spans of cells, and numbers and types of lists."""

import re
from typing import Any

from intake.text.html import styles

_INTEGER = re.compile(r"\s*([+-]?)0*([0-9]{1,6})(?![0-9])")
_COUNTS = ("colspan", "rowspan")
_MAX_COUNT = 1000
_TYPES = ("a", "A", "i", "I")


def of(element: Any, tag: str, style: styles.Style) -> dict[str, str]:
    """Attributes to keep of a block that is written with `tag`."""
    if tag in ("td", "th"):
        return {name: value for name in _COUNTS if (value := _count(element.get(name) or ""))}
    if tag == "li":
        value = integer(element.get("value") or "") if _is_numbered(element) else ""
        return {"value": value} if value else {}
    return _of_list(element, style) if tag == "ol" else {}


def integer(value: str) -> str:
    """Integer at the start of an attribute as HTML reads it, in its shortest form. Empty if there is none."""
    found = _INTEGER.match(value)
    return str(int(found[1] + found[2])) if found else ""


def _of_list(element: Any, style: styles.Style) -> dict[str, str]:
    kept = {}
    start = integer(element.get("start") or "")
    is_reversed = element.get("reversed") is not None
    if is_reversed:
        kept["reversed"] = "reversed"
    # A reversed list without `start` begins with the number of its items.
    if start and (start != "1" or is_reversed):
        kept["start"] = start
    if kind := _type(element, style):
        kept["type"] = kind
    return kept


def _type(element: Any, style: styles.Style) -> str:
    """Type of an ordered list. Some programs write it into the first item, Google Docs into the style of each item."""
    first = next(element.iterchildren("li"), None)
    for one in (element, first):
        named = "" if one is None else (one.get("type") or "").strip()
        if named in _TYPES:
            return named
    return style.numbering or ("" if first is None else styles.read(first.get("style") or "").numbering)


def _is_numbered(item: Any) -> bool:
    parent = item.getparent()
    return parent is not None and parent.tag == "ol"


def _count(value: str) -> str:
    value = value.strip()
    known = value.isascii() and value.isdecimal() and 1 < int(value[:6]) <= _MAX_COUNT
    return str(int(value)) if known else ""
