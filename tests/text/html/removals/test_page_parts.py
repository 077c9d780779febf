import pytest

from intake.text.html.cleaning import clean


@pytest.mark.parametrize(
    "raw",
    [
        "<div style='mso-element:header' id=h1><p class=MsoHeader>Daulet</p></div>",
        "<div style='mso-element: footer'>Daulet</div>",
        "<div style='mso-element:first-header'>Daulet</div>",
        "<div id=fh1><p class=MsoHeader>Daulet</p></div>",
        "<div title=header><p>Daulet</p></div>",
        '<div title="footer left"><p>Daulet</p></div>',
        "<div style='-aw-headerfooter-type:header-primary'><p>Daulet</p></div>",
        "<p class=MsoFooter>Daulet, page 1</p>",
    ],
)
def test_headers_and_footers_go(raw: str) -> None:
    cleaned = clean(f"{raw}<p>Words of the body.</p>")
    assert (cleaned.html, cleaned.removed) == ("<p>Words of the body.</p>", {"header-footer": 1})


@pytest.mark.parametrize(
    "raw",
    [
        "<header><p>a</p></header>",
        "<div title='Header of the page'><p>a</p></div>",
        "<div id=h1><p>a</p></div>",
        "<p class=MsoHeader>a</p>",
    ],
)
def test_other_headers_stay(raw: str) -> None:
    assert clean(raw).html == "<p>a</p>"


def test_a_text_in_the_style_of_a_header_stays() -> None:
    raw = f"<h1>Title</h1><p class=MsoHeader>{'word ' * 100}</p>"
    assert clean(raw).removed == {}


@pytest.mark.parametrize(
    "raw",
    [
        "<xml><o:DocumentProperties><o:Author>Daulet</o:Author><o:Company>B</o:Company></o:DocumentProperties></xml>",
        "<o:DocumentProperties><o:Author>Daulet</o:Author></o:DocumentProperties>",
        "<o:LastAuthor>Daulet</o:LastAuthor>",
        "<meta name=author content=Daulet>",
        '<w:Sdt Title="Author" xpath="/ns1:coreProperties[1]/ns0:creator[1]">Daulet</w:Sdt>',
    ],
)
def test_properties_go_and_are_counted_once(raw: str) -> None:
    cleaned = clean(f"{raw}<p>a</p>")
    assert (cleaned.html, cleaned.removed) == ("<p>a</p>", {"properties": 1})


def test_facts_about_the_page_are_no_properties() -> None:
    assert clean("<meta charset=utf-8><meta name=Generator content='Word 15'><p>a</p>").removed == {}
