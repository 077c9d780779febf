"""Read the blocks of one part: paragraphs, headings, lists and tables."""

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from intake.documents import tables
from intake.documents.blocks import BlockWriter
from intake.documents.docx import content_controls, fields, revisions, table
from intake.documents.docx.names import VAL, M, W, is_on
from intake.documents.docx.numbering import ListItem, WordNumbering
from intake.documents.docx.paragraph import ParagraphReader
from intake.documents.docx.parts import Relationships, WordParts
from intake.documents.docx.properties import Properties
from intake.documents.docx.styles import ParagraphStyle, WordStyles, apply_direct
from intake.documents.footnotes import FootnoteList
from intake.documents.inline import Budget, InlineText, escape
from intake.documents.pictures import PictureList


@dataclass
class WordReading:
    """State of reading one Word file, shared by its parts."""

    parts: WordParts
    styles: WordStyles
    numbering: WordNumbering
    removed: Counter[str]
    pictures: PictureList
    page: str | None = None
    """Background colour of the page."""
    budget: Budget = field(default_factory=Budget)
    notes: FootnoteList = field(default_factory=FootnoteList)
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    """Notes whose marks were read: number, kind (footnote or endnote), id."""
    table_looks: dict[Any, dict[str, tuple[Properties, str | None]]] = field(default_factory=dict)
    """Element of a table style → looks that it defines."""


class Surroundings(NamedTuple):
    """Place of a paragraph: formatting of its table cell, background, and nesting of tables."""

    run: Properties
    background: str | None = None
    nesting: int = 0


class Story:
    """One part with its relationships, and the fields that are open while it is read."""

    def __init__(
        self, reading: WordReading, root: Any, relationships: Relationships, *, is_note: bool = False
    ) -> None:
        revisions.settle(root, reading.removed)
        self.reading = reading
        self.relationships = relationships
        self.is_note = is_note
        self.marks = fields.pair(root)
        self.fields: list[fields.WordField] = []

    def blocks(self, container: Any, around: Surroundings) -> str:
        """HTML of all blocks of a body, cell, note or text box."""
        writer, carried = BlockWriter(), None
        for element in _blocks(container, self.reading.removed):
            if (element.tag == f"{W}p" and len(element)) or _is_equation(element):
                carried = self._paragraph(element, writer, carried, around)
            elif element.tag == f"{W}tbl":
                writer.block(self._table(element, around))
        if carried is not None and not carried.is_blank:
            writer.paragraph(carried.html())
        return writer.html()

    def _paragraph(
        self, element: Any, writer: BlockWriter, carried: InlineText | None, around: Surroundings
    ) -> InlineText | None:
        """Write a paragraph. If its mark is deleted, returns its text instead, to join the next paragraph."""
        found = element.find(f"{W}pPr")
        name, style, mark = self._style(found)
        reader = ParagraphReader(self, style, around, carried or InlineText())
        reader.read((element,) if element.tag in _EQUATIONS else element)
        self.fields = [one for one in self.fields if one.is_closed]
        if revisions.is_deleted(mark) and not reader.boxes:
            self.reading.removed["deletion"] += 1
            return reader.line
        is_hidden = reader.line.is_blank and reader.hides(mark)
        if _is_drop_cap(found) and not reader.boxes:
            return reader.line
        self._write(writer, style, None if is_hidden else self._item(style, name), reader.line)
        for box, fill in reader.boxes:
            html = self.blocks(box, Surroundings({}, fill or around.background, around.nesting))
            if html:
                writer.block(html)
        if reader.has_rule:
            writer.block("<hr>")
        return None

    def _style(self, found: Any) -> tuple[str, ParagraphStyle, Any]:
        """Name and effect of a paragraph's style, with its own properties, and the properties of its mark."""
        if found is None:
            return "", self.reading.styles.paragraph(""), None
        named = found.find(f"{W}pStyle")
        name = "" if named is None else named.get(VAL) or ""
        style = copy.copy(self.reading.styles.paragraph(name))
        apply_direct(found, style)
        return name, style, found.find(f"{W}rPr")

    def _item(self, style: ParagraphStyle, name: str) -> ListItem | None:
        if style.number in (None, "0"):
            return None
        number = style.number or ""
        depth = style.depth
        if depth is None:
            depth = self.reading.numbering.level_of(number, name)
        return self.reading.numbering.item(number, depth)

    def _write(
        self, writer: BlockWriter, style: ParagraphStyle, item: ListItem | None, line: InlineText
    ) -> None:
        if line.is_blank:
            return
        html, rtl = line.html(), bool(style.is_rtl)
        self.reading.budget.spend(len(html))
        self.reading.budget.begin_block()
        if style.level is None and item and item.marker:
            writer.item(item.marker, html, rtl=rtl)
            return
        if item and item.label:
            html = f"{escape(item.label)} {html}"
        tag = "p" if style.level is None else f"h{min(style.level + 1, 6)}"
        writer.paragraph(html, tag, rtl=rtl, is_quote=style.is_quote and style.level is None)

    def _table(self, element: Any, around: Surroundings) -> str:
        rows = table.read(self, element, around)
        if around.nesting >= tables.MAX_NESTING:
            return tables.flat(rows)
        bidi = element.find(f"{W}tblPr/{W}bidiVisual")
        return tables.write(rows, rtl=is_on(bidi)) if rows else ""


def _is_drop_cap(found: Any) -> bool:
    """Return whether the properties of a paragraph say that it is the large first letter of the next one."""
    frame = None if found is None else found.find(f"{W}framePr")
    return frame is not None and (frame.get(f"{W}dropCap") or "none") != "none"


_EQUATIONS = frozenset({f"{M}oMathPara", f"{M}oMath"})
"""Elements of equations. An equation between paragraphs is read as a paragraph of its own."""
_WRAPPERS = frozenset(f"{W}{name}" for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent"))


def _is_equation(element: Any) -> bool:
    return element.tag in _EQUATIONS and any(one.text for one in element.iter(f"{M}t", f"{W}t"))


def _blocks(container: Any, removed: Counter[str]) -> Iterator[Any]:
    """Paragraphs and tables of a container, including those inside wrapper elements."""
    # No recursive generators: each element would pass through one generator for each level of nesting.
    opened = [iter(container)]
    while opened:
        element = next(opened[-1], None)
        if element is None:
            opened.pop()
        elif element.tag == f"{W}sdt":
            content = content_controls.content(element, removed)
            if content is not None:
                opened.append(iter(content))
        elif element.tag in _WRAPPERS:
            opened.append(iter(element))
        else:
            yield element
