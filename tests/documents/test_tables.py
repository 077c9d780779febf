from intake.documents import tables
from intake.documents.tables import TableCell, TableRow


def test_cells_that_continue_join_the_one_above() -> None:
    rows = [
        TableRow([TableCell(["a"]), TableCell(["b"])], is_header=True),
        TableRow([TableCell(["c"], continues=True), TableCell(["d"])]),
    ]
    expected = '<table><thead><tr><th rowspan="2">ac</th><th>b</th></tr></thead><tbody><tr><td>d</td></tr></tbody></table>'
    assert tables.write(rows) == expected


def test_a_cell_with_nothing_above_it_stays() -> None:
    rows = [
        TableRow([TableCell(["a"], columns=2)]),
        TableRow([TableCell(["b"]), TableCell(["c"], continues=True)]),
    ]
    assert tables.write(rows).count("<td") == 3


def test_skipped_columns_are_empty_cells() -> None:
    assert '<td colspan="2"></td><td>a</td>' in tables.write([TableRow([TableCell(["a"])], skipped=2)])
    assert tables.flat([TableRow([TableCell(["a", "b"])])]) == "ab"
    assert tables.write([TableRow([TableCell(["a"])])], rtl=True).startswith('<table dir="rtl">')
