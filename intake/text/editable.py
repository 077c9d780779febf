"""Convert a cleaned text to plain text, so that a contributor can edit it without JavaScript."""

import re

from intake.languages import Format
from intake.text.plain import original
from intake.text.words import visible

_LIST = re.compile(r"<(/?)(ul|ol)\b[^>]*?(?: start=\"(\d+)\")?[^>]*>|<li\b[^>]*>")
_BETWEEN_ITEMS = re.compile(r"^((?:- |\d{1,3}\. ).*)\n\n(?=- |\d{1,3}\. )", re.MULTILINE)


def editable_text(html: str) -> tuple[str, Format]:
    """Text for the form field, and the format in which to clean it when the contributor sends it back.

    The format is `plain` if `html` is unformatted text, otherwise `light`, which keeps lists.
    Headings, bold and links become plain words. An editor can restore the formatting.
    """
    exact = original(html)
    if exact is not None:
        return exact, "plain"
    return _BETWEEN_ITEMS.sub(r"\1\n", visible(_with_marks(html))), "light"


def is_unchanged(html: str, sent: str) -> bool:
    """Return whether the contributor sent the text of the form field back unchanged.

    Line endings and trailing space are ignored, because browsers change them.
    """
    return _folded(sent) == _folded(editable_text(html)[0])


def _folded(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _with_marks(html: str) -> str:
    """Begin each list item with `- ` or its number, as the `light` format requires."""
    open_lists: list[int | None] = []

    def mark(tag: re.Match[str]) -> str:
        if tag[2]:
            if tag[1]:
                del open_lists[-1:]
            else:
                open_lists.append(int(tag[3] or 1) if tag[2] == "ol" else None)
            return tag[0]
        return f"{tag[0]}{_next(open_lists)}"

    return _LIST.sub(mark, html)


def _next(open_lists: list[int | None]) -> str:
    number = open_lists[-1] if open_lists else None
    if number is None:
        return "- "
    open_lists[-1] = number + 1
    return f"{number}. "
