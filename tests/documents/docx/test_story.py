from tests.documents.reading import word
from tests.documents.word_files import paragraph, run, style, styled, table


def test_directions_come_from_paragraphs_and_styles() -> None:
    known = style("Arabic", "<w:pPr><w:bidi/></w:pPr>") + style("Child", based="Arabic")
    body = paragraph("BBC", "<w:bidi/>") + styled("BBC", "Child") + paragraph("BBC", '<w:bidi w:val="0"/>')
    assert word(body, styles=known) == '<p dir="rtl">BBC</p><p dir="rtl">BBC</p><p>BBC</p>'


def test_blocks_in_wrappers_stay() -> None:
    body = f"<w:customXml w:element='LEAK'>{paragraph('a')}</w:customXml><w:ins>{paragraph('b')}</w:ins>"
    assert word(body) == "<p>a</p><p>b</p>"


def test_empty_paragraphs_do_not_end_a_list_or_make_html() -> None:
    assert word(paragraph("a") + paragraph() + paragraph(run(" ")) + paragraph("b")) == "<p>a</p><p>b</p>"


def test_a_large_first_letter_belongs_to_its_paragraph() -> None:
    cap = paragraph("O", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert (
        word(cap + paragraph("nce") + paragraph("upon", '<w:framePr w:w="9"/>')) == "<p>Once</p><p>upon</p>"
    )
    assert word(paragraph("a") + cap) == "<p>a</p><p>O</p>"


def test_quotations_share_a_block() -> None:
    known = style("Quote") + style("Zitat2", based="Quote")
    html = word(styled("a", "Quote") + styled("b", "Zitat2") + paragraph("c"), styles=known)
    assert html == "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>"


def test_deep_tables_are_written_flat() -> None:
    body = paragraph("Text")
    for _ in range(14):
        body = table([body])
    html = word(body)
    assert html.count("<table>") == 10
    assert "<p>Text</p>" in html
