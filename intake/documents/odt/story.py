"""Read the blocks of an OpenDocument text: paragraphs, headings, lists, tables and sections."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from intake.documents import tables
from intake.documents.blocks import BlockWriter
from intake.documents.footnotes import FootnoteList
from intake.documents.inline import Budget, InlineText
from intake.documents.odt.formulas import OdtFormulas
from intake.documents.odt.lists import OdtLists
from intake.documents.odt.names import DRAW, LOEXT, OFFICE, TABLE, TEXT
from intake.documents.odt.paragraph import OdtParagraphReader
from intake.documents.odt.styles import OdtStyles, Properties, number
from intake.documents.package import Package
from intake.documents.pictures import PictureList


@dataclass
class OdtReading:
    """State of reading one OpenDocument text."""

    package: Package
    styles: OdtStyles
    removed: Counter[str]
    pictures: PictureList
    formulas: OdtFormulas
    budget: Budget = field(default_factory=Budget)
    notes: FootnoteList = field(default_factory=FootnoteList)
    waiting: list[tuple[int, Any]] = field(default_factory=list)
    """Notes whose marks were read: number, element of the body."""


class OdtPlace(NamedTuple):
    """Place of a paragraph: background of its cell or frame, and nesting of tables."""

    background: str | None = None
    nesting: int = 0
    is_note: bool = False


class OdtStory:
    """Reader of the blocks of one container. `reading` is shared by all containers."""

    def __init__(self, reading: OdtReading, place: OdtPlace) -> None:
        self.reading = reading
        self.place = place
        self.writer = BlockWriter()
        self._lists = OdtLists(reading.styles)
        self._is_new_item = False

    def blocks(self, container: Any) -> str:
        """HTML of all blocks of a container."""
        self.read(container)
        return self.writer.html()

    def read(self, container: Any) -> None:
        """Read the blocks of a container, or of an element that wraps a part of it."""
        for element in container:
            handler = _BLOCKS.get(element.tag)
            if handler is not None:
                handler(self, element)

    def inner(self, container: Any, place: OdtPlace) -> str:
        """HTML of a cell, note or frame."""
        return OdtStory(self.reading, place).blocks(container)

    def _paragraph(self, element: Any) -> None:
        if not len(element) and not element.text:
            return
        name = element.get(f"{TEXT}style-name") or ""
        style = self.reading.styles.read("paragraph", name)
        tag = _tag(element, style)
        reader = OdtParagraphReader(self, style, is_heading=tag != "p")
        reader.read(element)
        self._finish(tag, style, reader)

    def _finish(self, tag: str, style: Properties, reader: OdtParagraphReader) -> None:
        """Write a paragraph that was read, then the frames anchored in it."""
        if reader.is_hidden:
            self.reading.removed["hidden"] += 1
            return
        self._write(tag, style, reader.line)
        for html in reader.boxes:
            self.writer.block(html)

    def _write(self, tag: str, style: Properties, line: InlineText) -> None:
        if line.is_blank:
            return
        html, rtl = line.html(), bool(style.get("rtl"))
        self.reading.budget.spend(len(html))
        self.reading.budget.begin_block()
        if self._lists.depth and tag == "p":
            if self._is_new_item:
                self.writer.item(self._lists.marker(), html, rtl=rtl)
                self._is_new_item = False
            else:
                self.writer.inside(html, rtl=rtl)
            return
        self.writer.paragraph(html, tag, rtl=rtl, is_quote=tag == "p" and style.get("quote", False))

    def _list(self, element: Any) -> None:
        self._lists.begin(element)
        for child in element:
            if child.tag == f"{TEXT}list-item":
                self._lists.item(child)
                self._is_new_item = True
                self.read(child)
                self._is_new_item = False
            elif child.tag == f"{TEXT}list-header":
                self.read(child)
        self._lists.end()

    def _section(self, element: Any) -> None:
        if element.find(f"{TEXT}section-source") is not None:
            self.reading.removed["external-link"] += 1
        style = self.reading.styles.read("section", element.get(f"{TEXT}style-name") or "")
        shown = element.get(f"{TEXT}display") or "true"
        is_hidden = element.get(f"{TEXT}is-hidden") == "true" or shown == "none" or style.get("hidden")
        if is_hidden or (shown == "condition" and element.get(f"{TEXT}is-hidden") is None):
            self.reading.removed["hidden"] += 1
        else:
            self.read(element)

    def _table(self, element: Any) -> None:
        style = self.reading.styles.read("table", element.get(f"{TABLE}style-name") or "")
        if style.get("hidden"):
            self.reading.removed["hidden"] += 1
            return
        rows: list[tables.TableRow] = []
        self._rows(element, rows, is_header=False)
        if self.place.nesting >= tables.MAX_NESTING:
            self.writer.block(tables.flat(rows))
        elif rows:
            self.writer.block(tables.write(rows, rtl=bool(style.get("rtl"))))

    def _rows(self, container: Any, rows: list[tables.TableRow], *, is_header: bool) -> None:
        for element in container:
            if element.tag == f"{TABLE}table-row":
                if element.get(f"{TABLE}visibility") in ("collapse", "filter"):
                    self.reading.removed["hidden"] += 1
                else:
                    rows.append(self._row(element, is_header=is_header))
            elif element.tag == f"{TABLE}table-header-rows":
                self._rows(element, rows, is_header=True)
            elif element.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group"):
                self._rows(element, rows, is_header=is_header)

    def _row(self, element: Any, *, is_header: bool) -> tables.TableRow:
        self.reading.budget.begin_block()
        row = tables.TableRow(is_header=is_header)
        for child in element.iterchildren(f"{TABLE}table-cell"):
            self.reading.budget.begin_block()
            style = self.reading.styles.read("table-cell", child.get(f"{TABLE}style-name") or "")
            place = self.place._replace(
                background=style.get("background") or self.place.background, nesting=self.place.nesting + 1
            )
            row.cells.append(
                tables.TableCell(
                    [self.inner(child, place)],
                    columns=_span(child.get(f"{TABLE}number-columns-spanned")),
                    rows=_span(child.get(f"{TABLE}number-rows-spanned")),
                )
            )
        return row

    def _frame(self, element: Any) -> None:
        """A frame that stands between the paragraphs."""
        style = self.reading.styles.read("paragraph", "")
        reader = OdtParagraphReader(self, style, is_heading=False)
        reader.read_child(element)
        self._finish("p", style, reader)

    def _changes(self, element: Any) -> None:
        self.reading.removed["deletion"] += sum(1 for _ in element.iter(f"{TEXT}deletion"))

    def _comment(self, _element: Any) -> None:
        self.reading.removed["comment"] += 1


def _tag(element: Any, style: Properties) -> str:
    if element.tag == f"{TEXT}h":
        return f"h{min(number(element.get(f'{TEXT}outline-level'), 1) + 1, 6)}"
    return str(style.get("title") or "p")


def _span(value: str | None) -> int:
    return min(max(number(value, 1), 1), tables.MAX_SPAN)


_BLOCKS: dict[Any, Callable[[OdtStory, Any], None]] = {
    f"{TEXT}p": OdtStory._paragraph,
    f"{TEXT}h": OdtStory._paragraph,
    f"{TEXT}list": OdtStory._list,
    f"{TEXT}numbered-paragraph": OdtStory.read,
    f"{TEXT}section": OdtStory._section,
    f"{TEXT}tracked-changes": OdtStory._changes,
    f"{OFFICE}annotation": OdtStory._comment,
    f"{TABLE}table": OdtStory._table,
    f"{DRAW}frame": OdtStory._frame,
    f"{DRAW}g": OdtStory._frame,
    f"{DRAW}custom-shape": OdtStory._frame,
    f"{DRAW}text-box": OdtStory.read,
    **dict.fromkeys(
        (
            f"{TEXT}{name}"
            for name in (
                "index-body", "index-title", "table-of-content", "illustration-index", "table-index", "object-index",
                "user-index", "alphabetical-index", "bibliography", "soft-page-break",
            )
        ),
        OdtStory.read,
    ),
    f"{LOEXT}content-control": OdtStory.read,
}  # fmt: skip
