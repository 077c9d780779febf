"""Convert plain text to HTML.

The text is escaped and never parsed, so `<name@example.org>` stays as the contributor wrote it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from itertools import groupby

# Texts with more lines become one `<pre>`: 300 KB of newlines would be 300,000 tags.
MAX_LINES = 5_000
EDGES = " \t\n\xa0"
"""White space around a paragraph that is trimmed."""
VERSE_CHARS = 60
"""Longest line of a poem, an address or a table typed with spaces. Mail programs wrap prose at 65 to 78."""
LONG_SHARE = 0.2
"""Share of the lines of a verse that may be longer than VERSE_CHARS."""
_TAB = 4
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_INDENT = re.compile(r"[ \t]+")
_BETWEEN = re.compile(r"</(?:p|pre)><(?:p|pre)>")
# Python refuses to read a number with more digits than 4,300, which no character has.
_ENDLESS = re.compile(r"&#\d{4000,};?")
_OUTSIDE = re.compile(r"<(?:p|pre)>(.*)</(?:p|pre)>", re.DOTALL)


def paragraphs(text: str) -> str:
    """Convert a text, already free of invisible characters, to HTML.

    A blank line separates paragraphs, a newline becomes `<br>`. Verse keeps its indents.
    """
    if text.count("\n") > MAX_LINES:
        return preformatted(text)
    return written(blocks(text))


def preformatted(text: str) -> str:
    """Convert a text, already free of invisible characters, to one `<pre>`. Line breaks and indents are kept."""
    kept = _BLANK_START.sub("", text, count=1).rstrip(EDGES)
    return f"<pre>{quote(chr(10).join(map(_spread, kept.split(chr(10)))))}</pre>" if kept.strip() else ""


def written(found: Sequence[str]) -> str:
    """Convert blocks to HTML: `<pre>` for verse with indented lines, `<p>` for others."""
    if not any("\n " in block or "\n\t" in block for block in found):
        return "".join(_paragraphs(found))
    runs = groupby(found, _has_short_lines)
    return "".join(part for short, run in runs for part in (_verse if short else _paragraphs)(list(run)))


def blocks(text: str) -> list[str]:
    """Split a text into blocks at blank lines. The indent of each block stays."""
    found = (_BLANK_START.sub("", block, count=1).rstrip(EDGES) for block in _BLANK_LINES.split(text))
    return [block for block in found if block.strip()]


def quote(text: str) -> str:
    """Escape text for use between tags: `&`, `<` and `>`."""
    return escape(text, quote=False)


def unescaped(text: str) -> str:
    """Text with the characters for its references (`&amp;`, `&#65;`). Accepts any string."""
    return unescape(_ENDLESS.sub("\ufffd", text))


def original(html: str, convert: Callable[[str], str] = paragraphs) -> str | None:
    """Plain text from which `convert` made `html`. None if `html` was made in another way."""
    outside = _OUTSIDE.fullmatch(html)
    inner = outside[1] if outside else html
    text = unescaped(_BETWEEN.sub("\n\n", inner).replace("<br>", "\n"))
    return text if convert(text) == html else None


def lines(block: str) -> str:
    """Content of a paragraph as HTML. A newline becomes `<br>`."""
    return "<br>".join(quote(line.strip(" \t")) for line in block.strip(EDGES).split("\n"))


def _paragraphs(found: Sequence[str]) -> Iterator[str]:
    return (f"<p>{lines(block)}</p>" for block in found)


def _has_short_lines(block: str) -> bool:
    found = block.split("\n")
    return sum(len(line.strip()) > VERSE_CHARS for line in found) <= LONG_SHARE * len(found)


def _verse(found: Sequence[str]) -> Iterator[str]:
    """Blocks of short lines. Those between the first and the last indented line are one poem.

    An indent that all lines share is removed. If only first lines of blocks are indented, all blocks are paragraphs.
    """
    spread = [[_spread(line) for line in block.split("\n")] for block in found]
    least = min(_depth(line) for block in spread for line in block)
    dedented = ["\n".join(line[least:].rstrip(" \t") for line in block) for block in spread]
    indented = [number for number, block in enumerate(dedented) if block.startswith(" ") or "\n " in block]
    if not any("\n " in dedented[number] for number in indented):
        yield from _paragraphs(found)
        return
    first, last = indented[0], indented[-1] + 1
    yield from _paragraphs(found[:first])
    yield f"<pre>{quote(chr(10) * 2).join(map(quote, dedented[first:last]))}</pre>"
    yield from _paragraphs(found[last:])


def _spread(line: str) -> str:
    """Line with spaces for the tabs of its indent."""
    return (
        _INDENT.sub(lambda indent: indent[0].expandtabs(_TAB), line, count=1) if line[:1] in " \t" else line
    )


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
