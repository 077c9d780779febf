"""Inline content of one paragraph: text in formatting elements, as HTML."""

import re

from intake.documents.refusal import DocumentRefused
from intake.text.html import guard
from intake.text.html.elements import white_space

Wraps = tuple[str, ...]
"""Opening tags around a text without their brackets, outermost first: `('a href="…"', 'b')`."""

# Characters that XML 1.0 forbids, and lone surrogates, which a text may contain after decoding.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def escape(text: str) -> str:
    """Escape a text for HTML. Quotes stay, because the cleaner limits the number of character references."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def attribute(text: str) -> str:
    """Escape a text for an attribute in double quotes."""
    return _ODD.sub("", escape(text)).replace('"', "&quot;")


def indented(text: str) -> str:
    """Replace the spaces and tabs at the start of a text by no-break spaces, so that HTML keeps the indents of verse."""
    rest = text.lstrip(" \t")
    return "\xa0" * len(text[: len(text) - len(rest)].expandtabs(white_space.TAB)) + rest


class Budget:
    """Number of characters of HTML left for one document. A small file may expand: it may repeat a long address many times."""

    def __init__(self) -> None:
        self._left = guard.MAX_CHARS
        self._blocks = guard.MAX_TAGS

    def spend(self, count: int) -> None:
        """Count characters. Raises DocumentRefused if the HTML is too long for the text cleaner."""
        self._left -= count
        if self._left < 0:
            raise DocumentRefused("too_long", "HTML")

    def begin_block(self) -> None:
        """Count a block: a paragraph, row or cell. Raises DocumentRefused if there are too many."""
        self._blocks -= 1
        if self._blocks < 0:
            raise DocumentRefused("too_long", "blocks")


class InlineText:
    """Inline content that is assembled part by part. Adjacent parts of equal formatting share their elements."""

    def __init__(self) -> None:
        self._groups: list[tuple[Wraps, list[str]]] = []
        self.is_blank = True
        self.at_line_start = False
        """True if the next text begins a line, after a line break."""
        self._budget = Budget()

    def text(self, text: str, wraps: Wraps = ()) -> None:
        """Append plain text."""
        if text:
            if self.at_line_start:
                self.at_line_start = not text.strip(" \t")
                text = indented(text)
            if self.is_blank and not text.isspace():
                self.is_blank = False
            self._append(escape(text), wraps)

    def markup(self, html: str, wraps: Wraps = ()) -> None:
        """Append HTML that is escaped already, such as `<br>`."""
        self.at_line_start = html == "<br>"
        if html != "<br>":
            self.is_blank = False
        self._append(html, wraps)

    def html(self) -> str:
        """All content as HTML."""
        return "".join(_wrapped("".join(parts), wraps) for wraps, parts in self._groups)

    def _append(self, html: str, wraps: Wraps) -> None:
        self._budget.spend(len(html))
        if self._groups and self._groups[-1][0] == wraps:
            self._groups[-1][1].append(html)
        else:
            self._groups.append((wraps, [html]))
            self._budget.spend(sum(map(len, wraps)))


def _wrapped(html: str, wraps: Wraps) -> str:
    if not wraps:
        return html
    opening = "".join(f"<{tag}>" for tag in wraps)
    closing = "".join(f"</{tag.partition(' ')[0]}>" for tag in reversed(wraps))
    return f"{opening}{html}{closing}"
