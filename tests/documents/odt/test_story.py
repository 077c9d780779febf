from tests.documents.odt_files import style
from tests.documents.reading import open_removed, open_text

P = "<text:p>{}</text:p>"


def test_headings_titles_and_quotations() -> None:
    quote = style("P1", "", family="paragraph", parent="Quotations")
    body = (
        '<text:p text:style-name="Title">a</text:p><text:h text:outline-level="2">b</text:h><text:h>c</text:h>'
        '<text:p text:style-name="P1">d</text:p>'
    )
    assert open_text(body, quote) == "<h1>a</h1><h3>b</h3><h2>c</h2><blockquote><p>d</p></blockquote>"


def test_deleted_passages_and_comments_go() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>LEAK</dc:creator>"
        "</office:change-info><text:p>LEAK</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion>"
        "<office:change-info><dc:creator>LEAK</dc:creator></office:change-info></text:insertion></text:changed-region>"
        "</text:tracked-changes>"
    )
    body = (
        changes
        + "<text:p>a<text:change text:change-id='x'/>b</text:p><office:annotation><text:p>LEAK</text:p></office:annotation>"
    )
    assert open_text(body) == "<p>ab</p>"
    assert open_removed(body) == {"deletion": 1, "comment": 1}


def test_sections_stay_unless_they_are_hidden() -> None:
    hidden = style("S", '<style:section-properties text:display="none"/>', family="section")
    section = "<text:section{}>" + P.format("{}") + "</text:section>"
    assert open_text(section.format("", "a")) == "<p>a</p>"
    assert open_text(section.format(' text:display="condition" text:is-hidden="false"', "a")) == "<p>a</p>"
    for attributes in (
        ' text:display="none"',
        ' text:display="condition"',
        ' text:is-hidden="true"',
        ' text:style-name="S"',
    ):
        body = P.format("a") + section.format(attributes, "LEAK")
        assert open_text(body, hidden) == "<p>a</p>"
        assert open_removed(body, hidden) == {"hidden": 1}


def test_linked_sections_are_counted() -> None:
    body = "<text:section><text:section-source xlink:href='file:///LEAK'/><text:p>a</text:p></text:section>"
    assert (open_text(body), open_removed(body)) == ("<p>a</p>", {"external-link": 1})


def test_tables_with_spans_headers_and_hidden_rows() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format(' table:number-columns-spanned="2"', "a")
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + cell.format(' table:number-rows-spanned="2"', "b") + cell.format("", "c")
        + "</table:table-row><table:table-row table:visibility='collapse'>" + cell.format("", "LEAK")
        + "</table:table-row></table:table>"
    )  # fmt: skip
    assert open_text(body) == (
        '<table><thead><tr><th colspan="2"><p>a</p></th></tr></thead><tbody><tr><td rowspan="2"><p>b</p></td><td><p>c</p></td></tr>'
        "</tbody></table>"
    )


def test_hidden_tables_go_and_deep_ones_are_written_flat() -> None:
    hidden = style("T", '<style:table-properties table:display="false"/>', family="table")
    row = "<table:table{}><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>"
    assert (
        open_text(P.format("a") + row.format(' table:style-name="T"', P.format("LEAK")), hidden) == "<p>a</p>"
    )
    deep = P.format("a")
    for _ in range(14):
        deep = row.format("", deep)
    assert open_text(deep).count("<table>") == 10


def test_indexes_stay_without_their_templates() -> None:
    body = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>LEAK</text:index-title-template>"
        "</text:table-of-content-source><text:index-body><text:index-title><text:p>Contents</text:p></text:index-title>"
        "<text:p>a</text:p></text:index-body></text:table-of-content>"
    )
    assert open_text(body) == "<p>Contents</p><p>a</p>"
