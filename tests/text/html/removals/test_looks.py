import pytest
from lxml import html as lxml_html

from intake.text.html.removals import looks
from intake.text.html.removals.declarations import UNKNOWN
from intake.text.html.removals.looks import PLAIN, Look


def look(raw: str, values: dict[str, str] | None = None, parent: Look = PLAIN) -> Look:
    return looks.of(lxml_html.fragment_fromstring(raw), values or {}, parent)


@pytest.mark.parametrize(
    "values",
    [
        {"visibility": "hidden"}, {"visibility": "collapse"}, {"font-size": "1pt"}, {"font-size": "0"}, {"color": "transparent"},
        {"color": "rgba(9, 9, 9, 0.01)"}, {"-webkit-text-fill-color": "transparent"},
    ],
)  # fmt: skip
def test_unreadable(values: dict[str, str]) -> None:
    assert look("<p>a</p>", values).is_unreadable


@pytest.mark.parametrize(
    "values",
    [
        {"color": "transparent", "background-clip": "text"}, {"color": "transparent", "text-shadow": "0 0 2px red"}, {"font-size": "8px"},
        {"visibility": "visible"}, {"color": "unknown"}, {"color": "red"}, {"visibility": "bogus"},
    ],
)  # fmt: skip
def test_readable(values: dict[str, str]) -> None:
    seen = look("<p>a</p>", values)
    assert not seen.is_unreadable
    assert not seen.has_color_of_background


@pytest.mark.parametrize(
    ("raw", "values", "expected"),
    [
        ("<p>a</p>", {"color": "#fff"}, True),
        ("<p>a</p>", {"color": "#f0f0f0"}, True),
        ("<p>a</p>", {"color": "#ccc"}, False),
        ("<font color=white>a</font>", {}, True),
        ("<p>a</p>", {"color": "white", "background-color": "black"}, False),
        ("<p>a</p>", {"color": "#222", "background-color": "#222"}, True),
        ("<p>a</p>", {"color": "white", "background-color": UNKNOWN}, False),
        ("<p>a</p>", {"color": "white", "background-color": "transparent"}, True),
        ("<p>a</p>", {"color": "rgba(0, 0, 0, .06)"}, True),
        ("<mark>a</mark>", {"color": "yellow"}, True),
        ("<td bgcolor=black>a</td>", {"color": "white"}, False),
    ],
)
def test_colour_of_the_background(raw: str, values: dict[str, str], *, expected: bool) -> None:
    assert look(raw, values).has_color_of_background == expected


def test_children_inherit_and_turn_back_on() -> None:
    parent = look("<div>a</div>", {"visibility": "hidden", "font-size": "0", "color": "white"})
    back = {"visibility": "visible"}
    assert look("<b>a</b>", {}, parent) == parent
    assert not look("<b>a</b>", back | {"font-size": "12px"}, parent).is_unreadable
    assert look("<b>a</b>", back | {"font-size": "2em"}, parent).is_unreadable
    assert not look("<b>a</b>", {"color": "initial"}, parent).has_color_of_background
    assert not look("<a href=x>a</a>", {}, parent).has_color_of_background


def test_opacity_multiplies() -> None:
    parent = look("<p>a</p>", {"opacity": "0.2"})
    assert look("<b>a</b>", {"filter": "opacity(10%)"}, parent).opacity == pytest.approx(0.02)
    assert looks.opacity({"filter": "alpha(opacity=0)"}) == 0
    assert looks.opacity({"filter": "blur(2px)", "opacity": "x"}) == 1


def test_dark_words() -> None:
    assert PLAIN.is_dark
    assert look("<p>a</p>", {"color": "#333"}).is_dark
    assert not look("<p>a</p>", {"color": "#ddd"}).is_dark
    assert not look("<a href=x>a</a>").is_dark
