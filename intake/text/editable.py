"""Convert a cleaned text to plain text, so that a contributor can edit it without JavaScript."""

import re
from dataclasses import dataclass

from intake.languages import Format
from intake.text import numerals
from intake.text.html import placements
from intake.text.plain import original, preformatted
from intake.text.words import visible

_LIST = re.compile(r"<(/?)(ul|ol)\b([^<>]*)>|<li\b([^<>]*)>")
_ATTRIBUTE = re.compile(r' (start|type|value|reversed)="([^"]*)"')
# Stands for a space of an indent until blank lines between items are removed. Cleaned HTML has no control characters.
_INDENT = "\x1f"
_MARKER = r"\x1f*(?:- |-?\d{1,6}\. |[A-Za-z]{1,15}\. )"
_BETWEEN_ITEMS = re.compile(rf"^({_MARKER}.*)\n\n(?={_MARKER})", re.MULTILINE)


@dataclass
class _OpenList:
    """List while its items are numbered. `number` is that of the next item, None for bullets."""

    number: int | None
    kind: str = "1"
    step: int = 1


def editable_text(html: str) -> tuple[str, Format]:
    """Text for the form field, and the format in which to clean it when the contributor sends it back.

    The format is `verse` if all of `html` is verse, `plain` if it is other unformatted text, otherwise `light`, which
    keeps lists. Headings, bold and links become plain words. An editor can restore the formatting.
    Placements of photos are left out.
    """
    html = placements.without(html)
    verse = original(html, preformatted) if html.startswith("<pre>") else None
    if verse is not None:
        return verse, "verse"
    exact = original(html)
    if exact is not None:
        return exact, "plain"
    text = _BETWEEN_ITEMS.sub(r"\1\n", visible(_with_marks(html)))
    return text.replace(_INDENT, " "), "light"


def is_unchanged(html: str, sent: str) -> bool:
    """Return whether the contributor sent the text of the form field back unchanged.

    Line endings and trailing space are ignored, because browsers change them.
    """
    return _folded(sent) == _folded(editable_text(html)[0])


def _folded(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _with_marks(html: str) -> str:
    """Begin each list item with `- ` or its number, as the `light` format requires."""
    lengths = iter(_lengths(html) if " reversed=" in html else ())
    open_lists: list[_OpenList] = []

    def mark(tag: re.Match[str]) -> str:
        if not tag[2]:
            indent = _INDENT * 2 * (len(open_lists) - 1)
            return f"{tag[0]}{indent}{_next(open_lists, dict(_ATTRIBUTE.findall(tag[4])))}"
        if tag[1]:
            del open_lists[-1:]
        else:
            open_lists.append(_opened(tag[2], dict(_ATTRIBUTE.findall(tag[3])), next(lengths, 0)))
        return tag[0]

    return _LIST.sub(mark, html)


def _lengths(html: str) -> list[int]:
    """Numbers of items of all lists, in the order of their opening tags."""
    found: list[int] = []
    open_lists: list[int] = []
    for tag in _LIST.finditer(html):
        if tag[1]:
            del open_lists[-1:]
        elif tag[2]:
            open_lists.append(len(found))
            found.append(0)
        elif open_lists:
            found[open_lists[-1]] += 1
    return found


def _opened(tag: str, attributes: dict[str, str], length: int) -> _OpenList:
    if tag == "ul":
        return _OpenList(None)
    is_reversed = "reversed" in attributes
    start = int(attributes.get("start", length if is_reversed else 1))
    return _OpenList(start, attributes.get("type", "1"), -1 if is_reversed else 1)


def _next(open_lists: list[_OpenList], attributes: dict[str, str]) -> str:
    around = open_lists[-1] if open_lists else _OpenList(None)
    if around.number is None:
        return "- "
    number = int(attributes.get("value", around.number))
    around.number = number + around.step
    return f"{numerals.write(number, around.kind)}. "
