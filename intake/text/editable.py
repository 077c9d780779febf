"""A cleaned text as its author may change it in a plain field, without scripts."""

import re

from intake.formats import Format
from intake.text.plain import original
from intake.text.words import visible

_LIST = re.compile(r"<(/?)(ul|ol)\b[^>]*?(?: start=\"(\d+)\")?[^>]*>|<li\b[^>]*>")
_BETWEEN_ITEMS = re.compile(r"^((?:- |\d{1,3}\. ).*)\n\n(?=- |\d{1,3}\. )", re.MULTILINE)


def editable_text(html: str) -> tuple[str, Format]:
    """The text and the format to read it in again: plain where nothing else is in it, else with its lists.

    Headings, bold and links become plain words: an editor puts them back.
    """
    exact = original(html)
    if exact is not None:
        return exact, "plain"
    return _BETWEEN_ITEMS.sub(r"\1\n", visible(_with_marks(html))), "light"


def is_unchanged(html: str, sent: str) -> bool:
    """Whether what came back is what was offered; browsers send other line ends, and trim."""
    return _folded(sent) == _folded(editable_text(html)[0])


def _folded(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _with_marks(html: str) -> str:
    """Items begin with `- ` or their number, as `light` reads them."""
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
