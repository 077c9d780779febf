"""Plain text as HTML: escaped, never parsed. What looks like a tag is a contributor's own `<name@example.org>`."""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

# Past this many lines, line breaks become the newlines of one <pre>: 300 KB of them would be 300,000 tags.
MAX_LINES = 5_000
EDGES = " \t\n\xa0"
"""What stands around a paragraph and is no part of it."""
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BULLET = re.compile(r"[ \t]*- +(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.] +(?=\S)")


def paragraphs(text: str) -> str:
    """HTML of a text that is clean of invisible characters: a blank line parts paragraphs, a newline breaks the line."""
    if text.count("\n") > MAX_LINES:
        return f"<pre>{quote(text.strip(chr(10)))}</pre>" if text.strip() else ""
    return "".join(f"<p>{lines(block)}</p>" for block in blocks(text))


def blocks(text: str) -> list[str]:
    """What blank lines part."""
    found = (block.strip(EDGES) for block in _BLANK_LINES.split(text))
    return [block for block in found if block.strip()]


def quote(text: str) -> str:
    """Text as it stands between tags: `&`, `<` and `>` escaped."""
    return escape(text, quote=False)


def original(html: str) -> str | None:
    """The text that `paragraphs` made `html` of, or None when it did not."""
    inner = html.removeprefix("<p>").removesuffix("</p>").removeprefix("<pre>").removesuffix("</pre>")
    text = unescape(inner.replace("</p><p>", "\n\n").replace("<br>", "\n"))
    return text if paragraphs(text) == html else None


def lines(block: str) -> str:
    """The content of a paragraph: a newline breaks the line."""
    return "<br>".join(quote(line.strip(" \t")) for line in block.split("\n"))


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
