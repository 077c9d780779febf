"""Read the rows and cells of a Word table, with the formatting from its style."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from intake.documents import tables
from intake.documents.docx import content_controls, properties, revisions
from intake.documents.docx.names import OFF, VAL, W, is_on
from intake.documents.docx.properties import Properties

if TYPE_CHECKING:
    from intake.documents.docx.story import Story, Surroundings

_WRAPPERS = frozenset({f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}sdtContent"})
# Bits of `w:tblLook`: which parts of a table show the formatting that its style has for them (`w:tblStylePr`).
_FLAGS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
_ALL = "wholeTable"
_CONDITIONS = frozenset(
    {
        _ALL, "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow", "lastRow",
    }
)  # fmt: skip
"""Parts of a table that a style can format (`w:tblStylePr`). Corners are not read."""
_Looks = dict[str, tuple[Properties, str | None]]
"""Condition → run properties and background."""


class TableLook:
    """Formatting that a table's style gives to its cells."""

    def __init__(self, story: "Story", table: Any) -> None:
        name = table.find(f"{W}tblPr/{W}tblStyle")
        styles = story.reading.styles
        self._parts: _Looks = {}
        for element in styles.chain(styles.default_table if name is None else name.get(VAL) or ""):
            for condition, look in _of_style(element, story.reading.table_looks).items():
                _add(self._parts, condition, look)
        self._flags = _flags(table.find(f"{W}tblPr/{W}tblLook"))
        self._known: dict[tuple[str, ...], tuple[Properties, str | None]] = {}

    def cell(self, row: int, rows: int, column: int, is_last: bool) -> tuple[Properties, str | None]:
        """Run properties and background of the cell at a place."""
        if not self._parts:
            return {}, None
        names = tuple(self._conditions(row, row == rows - 1, column, is_last))
        if names not in self._known:
            run: Properties = {}
            background = None
            for name in names:
                part, shade = self._parts.get(name, ({}, None))
                run |= part
                background = shade or background
            self._known[names] = (run, background)
        return self._known[names]

    def _conditions(self, row: int, is_bottom: bool, column: int, is_last: bool) -> Iterator[str]:
        yield _ALL
        head, side = "firstRow" in self._flags, "firstColumn" in self._flags
        if "noVBand" not in self._flags:
            yield "band1Vert" if (column - side) % 2 == 0 else "band2Vert"
        if "noHBand" not in self._flags:
            yield "band1Horz" if (row - head) % 2 == 0 else "band2Horz"
        if side and column == 0:
            yield "firstCol"
        if "lastColumn" in self._flags and is_last:
            yield "lastCol"
        if head and row == 0:
            yield "firstRow"
        if "lastRow" in self._flags and is_bottom:
            yield "lastRow"


def _of_style(element: Any, known: dict[Any, _Looks]) -> _Looks:
    """Looks that one table style itself defines. Kept in `known`, because many tables share a style."""
    if element not in known:
        found: _Looks = {}
        _add(found, _ALL, _look(element))
        for part in element.iterchildren(f"{W}tblStylePr"):
            if (condition := part.get(f"{W}type")) in _CONDITIONS:
                _add(found, condition, _look(part))
        known[element] = found
    return known[element]


def _look(element: Any) -> tuple[Properties, str | None]:
    return properties.read(element.find(f"{W}rPr")), properties.shading(element.find(f"{W}tcPr/{W}shd"))


def _add(looks: _Looks, condition: str, look: tuple[Properties, str | None]) -> None:
    """Merge formatting into that of a condition. New values override those already in `looks`."""
    run, background = looks.get(condition, ({}, None))
    run, background = run | look[0], look[1] or background
    if run or background:
        looks[condition] = (run, background)


def read(story: "Story", table: Any, around: "Surroundings") -> list[tables.TableRow]:
    """Rows of a table. Hidden and deleted rows are left out."""
    look = TableLook(story, table)
    found = list(_inner(table, f"{W}tr", story))
    rows = []
    for number, element in enumerate(found):
        row = _row(story, element, around, look, number, len(found))
        if row is not None:
            rows.append(row)
    return rows


def _row(
    story: "Story", element: Any, around: "Surroundings", look: TableLook, number: int, count: int
) -> tables.TableRow | None:
    story.reading.budget.begin_block()
    found = element.find(f"{W}trPr")
    row = tables.TableRow()
    if found is not None:
        if revisions.is_deleted(found):
            story.reading.removed["deletion"] += 1
            return None
        if is_on(found.find(f"{W}hidden")):
            story.reading.removed["hidden"] += 1
            return None
        row.is_header = is_on(found.find(f"{W}tblHeader"))
        before = found.find(f"{W}gridBefore")
        row.skipped = 0 if before is None else _count(before.get(VAL), 0)
    cells = list(_inner(element, f"{W}tc", story))
    for place, cell in enumerate(cells):
        run, background = look.cell(number, count, place, place == len(cells) - 1)
        inside = around._replace(
            run=around.run | run, background=background or around.background, nesting=around.nesting + 1
        )
        _cell(story, cell, inside, row)
    return row


def _cell(story: "Story", element: Any, around: "Surroundings", row: tables.TableRow) -> None:
    story.reading.budget.begin_block()
    found = element.find(f"{W}tcPr")
    cell = tables.TableCell()
    joins = False
    if found is not None:
        if found.find(f"{W}cellDel") is not None:
            story.reading.removed["deletion"] += 1
            return
        around = around._replace(background=properties.shading(found.find(f"{W}shd")) or around.background)
        span = found.find(f"{W}gridSpan")
        cell.columns = 1 if span is None else _count(span.get(VAL), 1)
        cell.continues = _continues(found.find(f"{W}vMerge"))
        joins = _continues(found.find(f"{W}hMerge"))
    cell.parts.append(story.blocks(element, around))
    if joins and row.cells:
        row.cells[-1].columns += cell.columns
        row.cells[-1].parts += cell.parts
    else:
        row.cells.append(cell)


def _continues(merge: Any) -> bool:
    return merge is not None and (merge.get(VAL) or "continue") == "continue"


def _inner(container: Any, tag: str, story: "Story") -> Iterator[Any]:
    """Rows of a table or cells of a row, including those inside wrapper elements."""
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag == f"{W}sdt":
            content = content_controls.content(element, story.reading.removed)
            if content is not None:
                yield from _inner(content, tag, story)
        elif element.tag in _WRAPPERS:
            yield from _inner(element, tag, story)


def _flags(look: Any) -> frozenset[str]:
    """Flags of _FLAGS that are set in a table's `w:tblLook`."""
    if look is None:
        return frozenset(_FLAGS) - {"lastRow", "lastColumn"}
    value = look.get(VAL) or ""
    bits = (
        int(value, 16) if 0 < len(value) <= 4 and all(one in "0123456789abcdefABCDEF" for one in value) else 0
    )
    return frozenset(
        name
        for name, bit in _FLAGS.items()
        if ((look.get(W + name) or "0").lower() not in OFF if look.get(W + name) is not None else bits & bit)
    )


def _count(value: str | None, other: int) -> int:
    plain = value or ""
    known = plain.isascii() and plain.isdecimal()
    return min(max(int(plain[:6]), other), tables.MAX_SPAN) if known else other
