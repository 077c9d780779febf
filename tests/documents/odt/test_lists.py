from tests.documents.reading import open_text

STYLE = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" text:start-value="3"/>'
    '<text:list-level-style-bullet text:level="3"/></text:list-style>'
)


def item(inner: str, attributes: str = "") -> str:
    content = inner if inner.startswith("<") else f"<text:p>{inner}</text:p>"
    return f"<text:list-item {attributes}>{content}</text:list-item>"


def make(*items: str, attributes: str = 'text:style-name="L"') -> str:
    return f"<text:list {attributes}>{''.join(items)}</text:list>"


def test_nested_lists_have_the_forms_of_their_levels() -> None:
    inner = make(item(f"<text:p>b</text:p>{make(item('c'), attributes='')}"), attributes="")
    html = open_text(make(item(f"<text:p>a</text:p>{inner}"), item("d")), STYLE)
    assert html == '<ol><li>a<ol type="a" start="3"><li>b<ul><li>c</li></ul></li></ol></li><li>d</li></ol>'


def test_lists_begin_anew_or_go_on() -> None:
    body = make(item("a"), item("b"), attributes='xml:id="x" text:style-name="L"') + "<text:p>p</text:p>"
    assert open_text(body + make(item("c")), STYLE).endswith("<ol><li>c</li></ol>")
    for attributes in ('text:continue-numbering="true"', 'text:continue-list="x"'):
        more = make(item("c"), attributes=f'text:style-name="L" {attributes}')
        assert open_text(body + more, STYLE).endswith('<ol start="3"><li>c</li></ol>')


def test_items_may_have_numbers_of_their_own() -> None:
    html = open_text(
        make(item("a", 'text:start-value="5"'), item("b"), item("c", 'text:start-value="9"')), STYLE
    )
    assert html == '<ol start="5"><li>a</li><li>b</li></ol><ol start="9"><li>c</li></ol>'


def test_further_paragraphs_and_headers_stay() -> None:
    header = "<text:list-header><text:p>h</text:p></text:list-header>"
    html = open_text(make(header, item("<text:p>a</text:p><text:p>b</text:p>")), STYLE)
    assert html == "<p>h</p><ol><li>a<p>b</p></li></ol>"


def test_headings_in_lists_are_headings() -> None:
    html = open_text(make(item('<text:h text:outline-level="1">a</text:h>')), STYLE)
    assert html == "<h2>a</h2>"
