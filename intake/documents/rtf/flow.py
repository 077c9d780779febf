"""Paragraphs and tables of one flow of text: the article, a footnote, or a text box. Written as HTML."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from intake.documents import inline

# List markers that the text cleaner recognizes: digits or letters, followed by a full stop or parenthesis.
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,4}|[a-zA-Z]{1,5})[.)]\s*")
Wraps = tuple[str, ...]
"""Opening tags around a text without their brackets, outermost first: `('a href="…"', 'b')`."""


class Shape(NamedTuple):
    """Kind of a paragraph. `heading` is its level from 1, or 0. `list_number` is 0 outside of lists."""

    heading: int = 0
    list_number: int = 0
    list_level: int = 0
    right_to_left: bool = False
    in_table: bool = False


@dataclass(eq=False)
class Flow:
    """Content that is assembled run by run. After `finish`, `blocks` holds all of it as HTML."""

    is_note: bool = False
    depth: int = 0
    """Number of text boxes around this one."""
    blocks: list[str] = field(default_factory=list)
    marker: list[str] = field(default_factory=list)
    """Text of the number or bullet in front of the paragraph."""
    _runs: list[tuple[Wraps, list[str]]] = field(default_factory=list)
    _boxes: list[str] = field(default_factory=list)
    _cell: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[str] = field(default_factory=list)
    _at_line_start: bool = False

    def text(self, text: str, wraps: Wraps = ()) -> None:
        """Append text to the paragraph."""
        if self._at_line_start:
            text, is_blank = inline.indented(text), not text.strip(" \t")
            self.markup(escape(text, quote=False), wraps)
            self._at_line_start = is_blank
        else:
            self.markup(escape(text, quote=False), wraps)

    def markup(self, html: str, wraps: Wraps = ()) -> None:
        """Append HTML to the paragraph, such as `<br>`."""
        self._at_line_start = html == "<br>"
        if not self._runs or self._runs[-1][0] != wraps:
            self._runs.append((wraps, []))
        self._runs[-1][1].append(html)

    def box(self, blocks: list[str]) -> None:
        """Append the blocks of a text box. They follow the paragraph in which it is anchored."""
        self._boxes += blocks

    def paragraph(self, shape: Shape) -> None:
        """End the paragraph."""
        written = self._written(shape)
        if shape.in_table or self._cells:
            self._cell += written
        else:
            self._end_table()
            self.blocks += written

    def cell(self, shape: Shape) -> None:
        """End the paragraph and the cell around it."""
        self._cell += self._written(shape)
        self._cells.append("".join(self._cell))
        self._cell.clear()

    def row(self) -> None:
        """End the row of a table."""
        if self._cells:
            self._rows.append("".join(f"<td>{cell}</td>" for cell in self._cells))
            self._cells.clear()

    def finish(self, shape: Shape) -> None:
        """End everything that is open."""
        self.paragraph(shape)
        self._end_table()

    def _end_table(self) -> None:
        if self._cell:
            # The file ended, or left the table, in the middle of a cell.
            self._cells.append("".join(self._cell))
            self._cell.clear()
        self.row()
        if self._rows:
            rows = "".join(f"<tr>{row}</tr>" for row in self._rows)
            self.blocks.append(f"<table>{rows}</table>")
            self._rows.clear()

    def _written(self, shape: Shape) -> list[str]:
        """The paragraph as HTML, and the text boxes that belong to it."""
        is_blank = not any(part.strip() for _, parts in self._runs for part in parts)
        inner = "".join(_wrapped("".join(parts), wraps) for wraps, parts in self._runs)
        marker, boxes = "".join(self.marker).strip(), list(self._boxes)
        self._runs.clear()
        self._at_line_start = False
        self.marker.clear()
        self._boxes.clear()
        return boxes if is_blank else [_paragraph(inner, marker, shape), *boxes]


def _paragraph(inner: str, marker: str, shape: Shape) -> str:
    tag = f"h{min(shape.heading, 6)}" if shape.heading else "p"
    direction = ' dir="rtl"' if shape.right_to_left else ""
    if marker and tag == "p" and (_NUMBERED.fullmatch(marker) or not any(map(str.isalnum, marker))):
        # Markup that Word writes for lists in HTML. The text cleaner converts it to lists.
        style = f' style="mso-list:l{shape.list_number} level{shape.list_level + 1} lfo1"'
        shown = f'<span style="mso-list:Ignore">{escape(marker, quote=False)}</span>'
        return f"<p{style}{direction}>{shown}{inner}</p>"
    # Other numbers, such as 1.2 and 一、, would be lost in a list, so they stay as text.
    shown = f"{escape(marker, quote=False)} " if any(map(str.isalnum, marker)) else ""
    return f"<{tag}{direction}>{shown}{inner}</{tag}>"


def _wrapped(html: str, wraps: Wraps) -> str:
    opening = "".join(f"<{tag}>" for tag in wraps)
    closing = "".join(f"</{tag.partition(' ')[0]}>" for tag in reversed(wraps))
    return f"{opening}{html}{closing}"
