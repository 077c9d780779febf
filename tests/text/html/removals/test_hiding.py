import pytest

from intake.text.html.cleaning import clean

CASES = {
    "by class": ("<style>.s{display:none}</style><p>a<b class=s>x</b></p>", "<p>a</p>", 1),
    "by id": ("<style>#s{visibility:hidden}</style><p>a</p><p id=s>x</p>", "<p>a</p>", 1),
    "by element": ("<style>b{font-size:0}</style><p>a<b>x</b></p>", "<p>a</p>", 1),
    "by a descendant": (
        "<style>div .s i{opacity:0}</style><div><p class=s>a<b><i>x</i></b></p></div>",
        "<p>a</p>",
        1,
    ),
    "important over inline": (
        "<style>b{display:none!important}</style><p>a<b style='display:inline'>x</b></p>",
        "<p>a</p>",
        1,
    ),
    "by Word": ("<style><!-- span.s{mso-hide:all} --></style><p>a<span class=s>x</span></p>", "<p>a</p>", 1),
    "white": ("<p>a <span style='color:white'>x</span> b</p>", "<p>a b</p>", 1),
    "white, in an old way": ("<p>a <font color=#FFFFFF>x</font> b</p>", "<p>a b</p>", 1),
    "black on black": (
        "<table bgcolor=black><tr><td><font color=white>a</font> <font color=black>x</font></table>",
        None,
        1,
    ),
    "white between letters": ("<p>a<span style='color:white'>x</span>b</p>", "<p>a b</p>", 1),
    "tiny between letters": ("<p>a<span style='font-size:0'>x</span>b</p>", "<p>ab</p>", 1),
    "one passage": (
        "<div style='color:#fff'><p>x</p><p>y <b>z</b></p></div><p>a words</p>",
        "<p>a words</p>",
        1,
    ),
    "only punctuation": ("<p>a<span style='display:none'>. </span></p>", "<p>a</p>", 0),
    "print": ("<style>@media print{p{display:none}}</style><p>a</p>", "<p>a</p>", 0),
    "visible again": (
        "<div style='visibility:hidden'>x<p>y<b style='visibility:visible'>a</b></p></div>",
        "<p><strong>a</strong></p>",
        1,
    ),
    "size set again": ("<div style='font-size:0'><span style='font-size:12px'>a</span></div>", "<p>a</p>", 0),
    "closed, not hidden": ("<details><summary>a</summary>b</details>", "<p>a</p><p>b</p>", 0),
    "of screen readers alone": ("<p aria-hidden=true>a</p>", "<p>a</p>", 0),
    "gradient in letters": (
        "<p style='background:linear-gradient(red,blue);background-clip:text;color:transparent'>a</p>",
        "<p>a</p>",
        0,
    ),
    "white on a dark table": (
        "<table><tr><td style='background:#4472C4'><b style='color:white'>a</b></table>",
        None,
        0,
    ),
    "white on a dark page": ("<body style='background:#111;color:#fff'><p>a</p></body>", "<p>a</p>", 0),
    "Google Docs": (
        "<b style='font-weight:normal' id=docs-internal-guid-1><p><span style='color:#000000;background-color:transparent'>a</span></p></b>",
        "<p>a</p>",
        0,
    ),
}


@pytest.mark.parametrize(("raw", "expected", "number"), CASES.values(), ids=CASES)
def test_hidden_words_go(raw: str, expected: str | None, number: int) -> None:
    cleaned = clean(raw)
    assert "x" not in cleaned.html
    assert "a" in cleaned.html
    assert expected in (None, cleaned.html)
    assert cleaned.removed == ({"hidden": number} if number else {})
    assert clean(cleaned.html).html == cleaned.html


def test_an_emoji_in_front_of_its_picture_stays() -> None:
    raw = "<p><span style='background-image:url(1.png)'><span style='color:transparent'>{}</span></span>a</p>"
    assert clean(raw.format("1\ufe0f\u20e3")).html == "<p>1\ufe0f\u20e3a</p>"
    assert clean(raw.format("x is a long secret")).html == "<p>a</p>"


def test_each_passage_is_counted() -> None:
    assert clean("<p>a<b hidden>x</b><i hidden>y</i></p><p style='opacity:0'>z</p>").removed == {"hidden": 3}


def test_a_text_in_dark_mode_stays() -> None:
    raw = "<p style='color:#fff'>All words are white.</p><p style='color:#e8eaed'>Some are grey.</p>"
    assert clean(raw).html == "<p>All words are white.</p><p>Some are grey.</p>"
    assert clean(raw).removed == {}


def test_a_long_text_in_dark_mode_stays_below_a_dark_line() -> None:
    raw = f"<p>For you:</p><p style='color:rgb(255, 255, 255)'>{'words ' * 50}</p>"
    assert clean(raw).removed == {}
    assert "words" in clean(raw).html


def test_links_in_white_text_are_blue() -> None:
    assert clean("<p>ab <span style='color:#fff'>x<a href='https://e.example/'>link</a></span></p>").html == (
        '<p>ab <a href="https://e.example/">link</a></p>'
    )


def test_white_on_a_white_that_is_set_goes_always() -> None:
    assert clean("<p style='color:#fff;background:#fff'>x</p>").html == ""


def test_a_footnote_that_is_hidden_is_no_footnote() -> None:
    raw = '<p>a<a href="#y" id=x>1</a></p><p style="opacity:0"><a href="#x" id=y>1</a>n</p>'
    assert clean(raw).html == "<p>a1</p>"
