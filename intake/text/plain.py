"""Convert plain text to HTML.

The text is escaped and never parsed, so `<name@example.org>` stays as the contributor wrote it.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

# Texts with more lines become one `<pre>`: 300 KB of newlines would be 300,000 tags.
MAX_LINES = 5_000
EDGES = " \t\n\xa0"
"""White space around a paragraph that is trimmed."""
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BULLET = re.compile(r"[ \t]*- +(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.] +(?=\S)")


def paragraphs(text: str) -> str:
    """Convert a text, already free of invisible characters, to HTML.

    A blank line separates paragraphs, a newline becomes `<br>`.
    """
    if text.count("\n") > MAX_LINES:
        return f"<pre>{quote(text.strip(chr(10)))}</pre>" if text.strip() else ""
    return "".join(f"<p>{lines(block)}</p>" for block in blocks(text))


def blocks(text: str) -> list[str]:
    """Split a text into blocks at blank lines."""
    found = (block.strip(EDGES) for block in _BLANK_LINES.split(text))
    return [block for block in found if block.strip()]


def quote(text: str) -> str:
    """Escape text for use between tags: `&`, `<` and `>`."""
    return escape(text, quote=False)


def original(html: str) -> str | None:
    """Plain text from which `paragraphs` made `html`. None if `html` was made in another way."""
    inner = html.removeprefix("<p>").removesuffix("</p>").removeprefix("<pre>").removesuffix("</pre>")
    text = unescape(inner.replace("</p><p>", "\n\n").replace("<br>", "\n"))
    return text if paragraphs(text) == html else None


def lines(block: str) -> str:
    """Content of a paragraph as HTML. A newline becomes `<br>`."""
    return "<br>".join(quote(line.strip(" \t")) for line in block.split("\n"))


def lists(text: str) -> str:
    """Convert a text, already free of invisible characters, to HTML.

    Lines that begin with `- ` or `1. ` become lists.
    """
    if text.count("\n") > MAX_LINES:
        return paragraphs(text)
    html = "".join(part for block in blocks(text) for part in _parts(block))
    # A blank line between two items does not end a list. A list that starts at another number than 1 stays
    # separate.
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
