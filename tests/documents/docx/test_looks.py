import pytest

from tests.documents.reading import word, word_removed
from tests.documents.word_files import paragraph, run, style, styled

HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
STYLES = (
    style("Ghost", HIDDEN, kind="character")
    + style("Child", based="Ghost", kind="character")
    + style("Shown", '<w:rPr><w:vanish w:val="0"/></w:rPr>', based="Ghost", kind="character")
    + style("GhostText", HIDDEN)
    + style("GhostChild", based="GhostText")
)


@pytest.mark.parametrize(
    ("look", "is_shown"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="1"/>', False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="off"/>', True),
        ("<w:specVanish/>", False),
        ("<w:webHidden/>", True),
        ('<w:rStyle w:val="Ghost"/>', False),
        ('<w:rStyle w:val="Child"/>', False),
        ('<w:rStyle w:val="Shown"/>', True),
        ('<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="Unknown"/>', True),
    ],
)
def test_hidden_runs_go(look: str, is_shown: bool) -> None:
    body = paragraph(run("Text") + run("secret", look))
    assert ("secret" in word(body, styles=STYLES)) is is_shown
    assert word_removed(body, styles=STYLES) == ({} if is_shown else {"hidden": 1})


def test_hidden_paragraph_styles_and_defaults() -> None:
    assert "LEAK" not in word(
        paragraph("Text") + styled("LEAK", "GhostText") + styled("LEAK", "GhostChild"), styles=STYLES
    )
    defaults = f"<w:docDefaults><w:rPrDefault>{HIDDEN}</w:rPrDefault></w:docDefaults>"
    body = paragraph("LEAK") + paragraph(run("Text", '<w:vanish w:val="0"/>'))
    assert word(body, styles=defaults) == "<p>Text</p>"


def test_two_styles_that_hide_cancel_each_other_as_in_word() -> None:
    body = paragraph(run("Text", '<w:rStyle w:val="Ghost"/>'), '<w:pStyle w:val="GhostText"/>')
    assert word(body, styles=STYLES) == "<p>Text</p>"


def test_emphasis_comes_from_runs_and_styles() -> None:
    known = style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character") + style(
        "Lead", "<w:rPr><w:i/></w:rPr>"
    )
    body = paragraph(
        run("a", '<w:rStyle w:val="Strong"/>') + run("b", '<w:u w:val="single"/><w:strike/>') + run("c", '<w:u w:val="none"/>')
        + run("d", '<w:vertAlign w:val="superscript"/>') + run("e", '<w:vertAlign w:val="subscript"/>') + run("f", "<w:dstrike/>")
    )  # fmt: skip
    html = "<p><b>a</b><u><s>b</s></u>c<sup>d</sup><sub>e</sub><s>f</s></p><p><i>g</i></p>"
    assert word(body + styled("g", "Lead"), styles=known) == html


def test_headings_are_not_bold_by_their_style() -> None:
    known = style("Heading1", "<w:rPr><w:b/></w:rPr>", shown="heading 1")
    assert word(styled("Title", "Heading1"), styles=known) == "<h2>Title</h2>"


@pytest.mark.parametrize(
    ("look", "found"),
    [
        ('<w:color w:val="FFFFFF"/>', "color:#ffffff"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "color:#ffffff"),
        ('<w:sz w:val="2"/>', "font-size:1pt"),
        ('<w:color w:val="FF0000"/><w:highlight w:val="red"/>', "background-color:#ff0000"),
        ('<w:shd w:val="clear" w:fill="000000"/>', ""),
        ('<w:highlight w:val="black"/>', "color:#000000;background-color:#000000"),
        (
            '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
            "color:#000000;background-color:#000000",
        ),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "color:transparent"),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', ""),
        ('<w:color w:val="0563C1"/><w:sz w:val="24"/>', ""),
    ],
)
def test_texts_that_are_hard_to_see_keep_their_style(look: str, found: str) -> None:
    html = word(paragraph(run("Text", look)))
    assert found in html
    assert ("span" in html) is bool(found)


def test_the_colour_of_the_page_counts() -> None:
    data = paragraph(run("Text", '<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:fill="102030"/>')
    assert word(data) == "<p>Text</p>"
