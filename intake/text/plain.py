"""Plain text as HTML: escaped, never parsed. What looks like a tag is a contributor's own `<name@example.org>`."""

import re
from html import escape, unescape

# Past this many lines, line breaks become the newlines of one <pre>: 300 KB of them would be 300,000 tags.
MAX_LINES = 5_000
EDGES = " \t\n\xa0"
"""What stands around a paragraph and is no part of it."""
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


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
