"""Write tables as HTML, with cells that span columns and rows."""

from dataclasses import dataclass, field

MAX_NESTING = 10
"""Maximum nesting of tables. Deeper ones are written as paragraphs, because the cleaner limits the depth."""
MAX_SPAN = 1_000


@dataclass(slots=True)
class TableCell:
    """One cell. `parts` is its content as pieces of HTML.

    `continues` is true for a cell that belongs to the cell above it.
    """

    parts: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    continues: bool = False


@dataclass(slots=True)
class TableRow:
    """One row. `skipped` is the number of grid columns before its first cell."""

    cells: list[TableCell] = field(default_factory=list)
    is_header: bool = False
    skipped: int = 0


def write(rows: list[TableRow], *, rtl: bool = False) -> str:
    """A table as HTML. The first rows that are headers become `<thead>`."""
    _join_rows(rows)
    head = next((place for place, row in enumerate(rows) if not row.is_header), len(rows))
    parts = ['<table dir="rtl">' if rtl else "<table>"]
    for tag, cell, section in (("thead", "th", rows[:head]), ("tbody", "td", rows[head:])):
        if section:
            parts += [f"<{tag}>", *(_row(row, cell) for row in section), f"</{tag}>"]
    return "".join([*parts, "</table>"])


def flat(rows: list[TableRow]) -> str:
    """The content of all cells, without a table."""
    return "".join(part for row in rows for cell in row.cells for part in cell.parts)


def _join_rows(rows: list[TableRow]) -> None:
    """Merge cells that continue a cell into that cell: add up their heights, and append their text."""
    above: dict[int, TableCell] = {}
    for row in rows:
        column, seen, kept = row.skipped, {}, []
        for cell in row.cells:
            upper = above.get(column) if cell.continues else None
            if upper is None:
                kept.append(cell)
                seen[column] = cell
            else:
                upper.rows += 1
                upper.parts += cell.parts
                seen[column] = upper
            column += cell.columns
        row.cells, above = kept, seen


def _row(row: TableRow, tag: str) -> str:
    skipped = f"<{tag}{_span('colspan', row.skipped)}></{tag}>" if row.skipped else ""
    cells = (
        f"<{tag}{_span('colspan', cell.columns)}{_span('rowspan', cell.rows)}>{''.join(cell.parts)}</{tag}>"
        for cell in row.cells
    )
    return f"<tr>{skipped}{''.join(cells)}</tr>"


def _span(name: str, count: int) -> str:
    return f' {name}="{min(count, MAX_SPAN)}"' if count > 1 else ""
