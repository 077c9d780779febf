import pytest

from tests.documents.reading import word
from tests.documents.word_files import paragraph, style, styled


@pytest.mark.parametrize(
    ("known", "tag"),
    [
        (style("Heading1", shown="heading 1"), "h2"),
        (style("berschrift2", shown="heading 2"), "h3"),
        (style("X", shown="Überschrift 3"), "h4"),
        (style("1", shown="标题 1"), "h2"),
        (style("a9", shown="Заголовок 2"), "h3"),
        (style("X", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), "h2"),
        (style("H", shown="heading 1") + style("X", based="H"), "h2"),
        (
            style("H", shown="heading 1")
            + style("X", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based="H", shown="TOC Heading"),
            "p",
        ),
        (style("Title", shown="Title"), "h1"),
        (style("Subtitle", shown="Subtitle"), "h2"),
        (style("Heading9", shown="heading 9"), "h6"),
        (style("X"), "p"),
        ("", "p"),
    ],
)
def test_headings_are_known_by_name_and_level(known: str, tag: str) -> None:
    name = known.rsplit('w:styleId="', 1)[-1].partition('"')[0] if known else "X"
    assert word(styled("Text", name), styles=known) == f"<{tag}>Text</{tag}>"


def test_a_paragraph_may_have_a_level_of_its_own() -> None:
    assert word(paragraph("Text", '<w:outlineLvl w:val="1"/>')) == "<h3>Text</h3>"


def test_styles_that_are_based_on_one_another_end() -> None:
    known = style("A", based="B") + style("B", "<w:rPr><w:b/></w:rPr>", based="A")
    assert word(styled("Text", "A"), styles=known) == "<p><b>Text</b></p>"


def test_long_chains_are_followed() -> None:
    known = style("S0", "<w:rPr><w:vanish/></w:rPr>") + "".join(
        style(f"S{n}", based=f"S{n - 1}") for n in range(1, 3_000)
    )
    assert word(styled("LEAK", "S2999") + paragraph("Text"), styles=known) == "<p>Text</p>"


def test_the_default_style_counts() -> None:
    known = style("Normal", "<w:rPr><w:i/></w:rPr>").replace("<w:style ", '<w:style w:default="1" ', 1)
    assert word(paragraph("a") + styled("b", "Unknown"), styles=known) == "<p><i>a</i></p><p><i>b</i></p>"
