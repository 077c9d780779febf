from tests.documents.reading import word, word_removed
from tests.documents.word_files import paragraph, run, style, table


def cell(text: str, properties: str = "") -> str:
    return f"<w:tcPr>{properties}</w:tcPr>{paragraph(text)}"


def test_spans_come_over() -> None:
    html = word(
        table(
            [cell("a", '<w:gridSpan w:val="2"/>'), cell("b", '<w:vMerge w:val="restart"/>')],
            [cell("c"), cell("d"), cell("", "<w:vMerge/>")],
            [cell("e"), cell("f"), cell("g", "<w:vMerge/>")],
        )
    )
    assert '<td colspan="2"><p>a</p></td><td rowspan="3"><p>b</p><p>g</p></td>' in html
    assert html.count("<td") == 6


def test_older_spans_and_skipped_columns() -> None:
    html = word(table([cell("a", '<w:hMerge w:val="restart"/>'), cell("b", "<w:hMerge/>")]))
    assert '<td colspan="2"><p>a</p><p>b</p></td>' in html
    skipped = table([cell("a")]).replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>')
    assert '<td colspan="2"></td><td><p>a</p></td>' in word(skipped)


def test_header_rows_and_tables_in_tables() -> None:
    rows = table([cell("a")], [table([cell("b")]) + paragraph()]).replace(
        "<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1
    )
    html = word(rows)
    assert html.startswith("<table><thead><tr><th><p>a</p></th></tr></thead><tbody><tr><td><table>")


def test_wrapped_rows_and_cells_stay_and_hidden_rows_go() -> None:
    row = f"<w:tr><w:sdt><w:sdtContent><w:tc>{paragraph('a')}</w:tc></w:sdtContent></w:sdt></w:tr>"
    hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('LEAK')}</w:tc></w:tr>"
    body = f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>{hidden}</w:tbl>"
    assert word(body) == "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>"
    assert word_removed(body) == {"hidden": 1}


GHOST = '<w:tblStyle w:val="Ghost"/>'
VANISH = "<w:rPr><w:vanish/></w:rPr>"


def test_styles_of_tables_may_hide_text() -> None:
    whole = style("Ghost", VANISH, kind="table")
    assert word(paragraph("a") + table([cell("LEAK")], look=GHOST), styles=whole).startswith(
        "<p>a</p><table>"
    )
    assert "LEAK" not in word(paragraph("a") + table([cell("LEAK")], look=GHOST), styles=whole)
    first = style("Ghost", f'<w:tblStylePr w:type="firstRow">{VANISH}</w:tblStylePr>', kind="table")
    html = word(table([cell("LEAK")], [cell("b")], look=f'{GHOST}<w:tblLook w:val="0020"/>'), styles=first)
    assert "LEAK" not in html
    assert "b" in html
    assert "a" in word(table([cell("a")], look=f'{GHOST}<w:tblLook w:firstRow="0"/>'), styles=first)


def test_white_text_on_a_dark_row_is_no_secret() -> None:
    dark = style(
        "Ghost",
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="4472C4"/>'
        "</w:tcPr></w:tblStylePr>",
        kind="table",
    )
    html = word(table([cell("a")], [cell("b")], look=f'{GHOST}<w:tblLook w:firstRow="1"/>'), styles=dark)
    assert html == "<table><tbody><tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></tbody></table>"
    direct = paragraph(run("a", '<w:color w:val="FFFFFF"/>'))
    assert "span" not in word(table([f'<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>{direct}']))
    assert "color:#ffffff" in word(table([direct]))


def test_columns_of_tables_from_the_right() -> None:
    assert word(table([cell("a")], look="<w:bidiVisual/>")).startswith('<table dir="rtl">')


def test_tables_of_one_style_look_alike() -> None:
    based = style("Base", "<w:rPr><w:vanish/></w:rPr>", kind="table")
    known = based + style("Mine", '<w:tblStylePr w:type="unknown"/>', kind="table", based="Base")
    hidden = table([cell("LEAK")], look='<w:tblStyle w:val="Mine"/>')
    assert word(hidden + paragraph("a") + hidden, styles=known).count("LEAK") == 0
