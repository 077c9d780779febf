from tests.documents.reading import word
from tests.documents.word_files import item, level, numbering, paragraph, style, styled

THREE = level(0, "decimal") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman")
OTHER = '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'


def test_nested_lists_have_the_forms_of_their_levels() -> None:
    html = word(
        item("a") + item("b", level=1) + item("c", level=2) + item("d", level=1) + item("e"),
        numbering=numbering(THREE),
    )
    assert (
        html
        == '<ol><li>a<ol type="a"><li>b<ol type="i"><li>c</li></ol></li><li>d</li></ol></li><li>e</li></ol>'
    )


def test_inner_lists_begin_anew_and_outer_ones_go_on() -> None:
    body = item("a") + item("b", level=1) + item("c") + item("d", level=1) + paragraph("x") + item("e")
    assert word(body, numbering=numbering(THREE)).endswith(
        '<li>c<ol type="a"><li>d</li></ol></li></ol><p>x</p><ol start="3"><li>e</li></ol>'
    )


def test_a_list_may_be_restarted() -> None:
    more = OTHER.format(START.format(5))
    html = word(item("a") + item("b") + item("c", 2) + item("d", 2), numbering=numbering(THREE, more))
    assert html == '<ol><li>a</li><li>b</li></ol><ol start="5"><li>c</li><li>d</li></ol>'


def test_another_number_of_the_same_list_goes_on() -> None:
    html = word(item("a") + item("b", 2), numbering=numbering(THREE, OTHER.format("")))
    assert html == "<ol><li>a</li><li>b</li></ol>"


def test_bullets_and_starts() -> None:
    assert word(item("a"), numbering=numbering(level(0, "bullet", "•"))) == "<ul><li>a</li></ul>"
    assert (
        word(item("a"), numbering=numbering(level(0, "upperRoman", start=4)))
        == '<ol type="I" start="4"><li>a</li></ol>'
    )


def test_labels_with_words_are_text() -> None:
    levels = level(0, "upperRoman", "Article %1.") + level(1, "decimal", "§ %1.%2")
    html = word(item("First") + item("Second", level=1), numbering=numbering(levels))
    assert html == "<p>Article I. First</p><ol><li>Second</li></ol>"


def test_numbers_of_headings_are_text() -> None:
    lists = numbering(
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    known = style("Heading1", numbered, shown="heading 1") + style("Heading2", numbered, shown="heading 2")
    body = styled("a", "Heading1") + styled("b", "Heading2") + styled("c", "Heading2")
    assert word(body, styles=known, numbering=lists) == "<h2>1 a</h2><h3>1.1 b</h3><h3>1.2 c</h3>"


def test_a_style_may_number_and_a_paragraph_may_not() -> None:
    known = style("Step", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    none = paragraph("b", '<w:pStyle w:val="Step"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    html = word(styled("a", "Step") + none + styled("c", "Step"), styles=known, numbering=numbering(THREE))
    assert html == '<ol><li>a</li></ol><p>b</p><ol start="2"><li>c</li></ol>'


def test_list_styles_lead_to_their_levels() -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "upperLetter")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Mine"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )
    known = style("Mine", '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>', kind="numbering")
    assert word(item("a"), styles=known, numbering=lists) == '<ol type="A"><li>a</li></ol>'


def test_unknown_lists_are_paragraphs() -> None:
    assert word(item("a", 9)) == "<p>a</p>"
