import pytest

from tests.documents.odt_files import style
from tests.documents.reading import open_text


@pytest.mark.parametrize(
    ("properties", "html"),
    [
        ('fo:font-weight="bold"', "<b>a</b>"),
        ('fo:font-weight="700"', "<b>a</b>"),
        ('fo:font-weight="normal"', "a"),
        ('fo:font-style="italic"', "<i>a</i>"),
        ('style:text-underline-style="solid"', "<u>a</u>"),
        ('style:text-underline-style="none"', "a"),
        ('style:text-line-through-style="solid"', "<s>a</s>"),
        ('style:text-position="super 58%"', "<sup>a</sup>"),
        ('style:text-position="-33% 58%"', "<sub>a</sub>"),
        ('style:text-position="0% 100%"', "a"),
        ('fo:color="#ffffff"', '<span style="color:#ffffff">a</span>'),
        ('fo:color="#ffffff" style:use-window-font-color="true"', "a"),
        ('fo:color="#000000" loext:opacity="0%"', '<span style="color:transparent">a</span>'),
        ('fo:font-size="1pt"', '<span style="font-size:1pt">a</span>'),
        ('fo:font-size="0.1mm"', '<span style="font-size:0.2835pt">a</span>'),
        ('fo:font-size="80%"', "a"),
        ('fo:color="#ffffff" fo:background-color="#000000"', "a"),
    ],
)
def test_properties_of_text(properties: str, html: str) -> None:
    known = style("T", f"<style:text-properties {properties}/>")
    assert (
        open_text('<text:p><text:span text:style-name="T">a</text:span></text:p>', known) == f"<p>{html}</p>"
    )


def test_styles_build_on_one_another() -> None:
    named = style("Ghost", '<style:text-properties text:display="none"/>', family="paragraph")
    automatic = style(
        "P1", "<style:text-properties fo:font-weight='bold'/>", family="paragraph", parent="Ghost"
    )
    body = '<text:p text:style-name="P1">LEAK</text:p><text:p>a</text:p>'
    assert open_text(body, automatic, f"<office:styles>{named}</office:styles>") == "<p>a</p>"


def test_defaults_and_loops() -> None:
    default = '<style:default-style style:family="paragraph"><style:text-properties text:display="none"/></style:default-style>'
    assert open_text("<text:p>LEAK</text:p><text:h>LEAK</text:h>", "", default) == ""
    loop = style("A", "", parent="B") + style(
        "B", "<style:text-properties fo:font-weight='bold'/>", parent="A"
    )
    assert (
        open_text('<text:p><text:span text:style-name="A">a</text:span></text:p>', loop) == "<p><b>a</b></p>"
    )


def test_directions() -> None:
    known = style("R", '<style:paragraph-properties style:writing-mode="rl-tb"/>', family="paragraph")
    assert (
        open_text('<text:p text:style-name="R">BBC</text:p><text:p>a</text:p>', known)
        == '<p dir="rtl">BBC</p><p>a</p>'
    )
