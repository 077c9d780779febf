"""Recognize headings and lists in HTML that was pasted from Word or Word Online."""

import re
from typing import Any

from intake.text import numerals
from intake.text.html import styles
from intake.text.html.elements.numbering import LeveledItem

_LEVELS = {"1": "h2", "2": "h2", "3": "h3"}
_TITLES = {"MsoTitle": "h2", "MsoSubtitle": "h3"}
# Word writes its heading levels 7 to 9, which HTML lacks, as paragraphs with these classes.
_DEEP_HEADING = re.compile(r"MsoHeading[7-9]")
_LISTS = ("ul", "ol")


def heading(element: Any) -> str | None:
    """Heading tag (`h2`, `h3` or `h4`) for a paragraph that is a heading in Word, otherwise None.

    Word Online sets `role="heading"` on such a paragraph. Word gives it a class for titles or deep headings.
    """
    if element.tag not in ("p", "div"):
        return None
    if element.get("role") == "heading":
        return _LEVELS.get(element.get("aria-level") or "", "h4")
    name = element.get("class")
    if not name:
        return None
    return "h4" if _DEEP_HEADING.fullmatch(name) else _TITLES.get(name)


def is_padding(element: Any) -> bool:
    """Return whether an element is the blank `EOP` span that Word Online appends to each paragraph."""
    return (
        element.tag == "span"
        and "EOP" in (element.get("class") or "").split()
        and not "".join(element.itertext()).strip()
    )


def only_indents(element: Any) -> bool:
    """Return whether the first child of a list is itself a list.

    Word nests lists in this way to indent items below paragraphs that look like list items.
    """
    return element.tag in _LISTS and len(element) > 0 and element[0].tag in _LISTS


def levels(element: Any) -> bool:
    """Return whether a list or list item comes from Word Online.

    Word Online writes each item in a list of its own, with its level in `data-aria-level`.
    """
    first = next(iter(element), None) if element.tag in _LISTS else element
    return first is not None and item_level(first) > 0


def item_level(element: Any) -> int:
    """Nesting level of a list item from Word Online, 1 to 9. Returns 0 for other elements."""
    level = element.get("data-aria-level")
    if not level or not level.isascii() or not level.isdecimal():
        return 0
    parent = element.getparent()
    known = element.tag == "li" and parent is not None and parent.tag in _LISTS
    return min(int(level), 9) if known else 0


def list_item(paragraph: Any, style: styles.Style) -> LeveledItem | None:
    """List item that Word wrote as a paragraph. None if its marker is words, such as `Article 1.`, which must stay."""
    marker = _marker(paragraph).strip()
    numbers = numerals.read(marker)
    # Bullets are signs, or single letters of a symbol font.
    if not numbers and len(marker) > 1 and any(map(str.isalnum, marker)):
        return None
    return LeveledItem(style.level, "ol" if numbers else "ul", numbers, style.list_id)


def online_item(element: Any, level: int, tag: str) -> LeveledItem:
    """List item that Word Online wrote in a list of its own, with its number in the `start` of that list."""
    around = element.getparent()
    start = around.get("start") or ""
    kind = styles.read(around.get("style") or "").numbering or "1"
    known = tag == "ol" and start.isascii() and start.isdecimal() and len(start) < 7
    numbers = ((kind, int(start)),) if known else ()
    return LeveledItem(level, tag, numbers, element.get("data-listid") or "")


def _marker(paragraph: Any) -> str:
    for element in paragraph.iter("span"):
        if "ignore" in (element.get("style") or "").lower():
            return "".join(element.itertext())
    return ""
