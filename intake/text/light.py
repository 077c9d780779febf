"""Light formatting: plain text in which lines that begin with `- ` or `1. ` are lists. Only where its author asked for it."""

import re
from collections.abc import Iterator
from itertools import groupby

from intake.text.plain import EDGES, MAX_LINES, blocks, lines, paragraphs, quote

_BULLET = re.compile(r"[ \t]*- +(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.] +(?=\S)")


def lists(text: str) -> str:
    """HTML of a text that is clean of invisible characters: paragraphs as `plain.paragraphs` makes them, and lists."""
    if text.count("\n") > MAX_LINES:
        return paragraphs(text)
    html = "".join(part for block in blocks(text) for part in _parts(block))
    # A blank line between two items parts no list; numbers that begin anew do.
    return html.replace("</ul><ul>", "").replace("</ol><ol>", "")


def _parts(block: str) -> Iterator[str]:
    for tag, group in groupby(block.split("\n"), _kind):
        found = list(group)
        if tag != "p":
            yield _list(tag, found)
        elif paragraph := chr(10).join(found).strip(EDGES):
            yield f"<p>{lines(paragraph)}</p>"


def _kind(line: str) -> str:
    return "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"


def _list(tag: str, found: list[str]) -> str:
    number = _NUMBER.match(found[0]) if tag == "ol" else None
    start = int(number[1]) if number else 1
    marker = _NUMBER if tag == "ol" else _BULLET
    items = "".join(f"<li>{quote(marker.sub('', line, count=1).strip())}</li>" for line in found)
    return f'<{tag} start="{start}">{items}</{tag}>' if start > 1 else f"<{tag}>{items}</{tag}>"
