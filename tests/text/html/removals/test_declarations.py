import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.text.html.removals import declarations


def read(style: str) -> dict[str, str]:
    return {one.name: one.value for one in declarations.inline(style)}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("", {}),
        ('margin:0cm;font-family:"Calibri",serif;font-size:11.0pt', {"font-size": "11.0pt"}),
        ("DISPLAY : None", {"display": "none"}),
        ("d\\69splay:none", {"display": "none"}),
        ("display:/**/none", {"display": "none"}),
        ("x:url(a;display:none)", {}),
        ("content:';display:none'", {}),
        ("font:0/0 a", {"font-size": "0"}),
        ("font:italic 700 .8em/1.2 Arial", {"font-size": ".8em"}),
        ("font:caption", {"font-size": "medium"}),
        ("background:no-repeat #fff", {"background-color": "#fff"}),
        ("background:yellow", {"background-color": "yellow"}),
        ("background:url(x) #fff", {"background-color": declarations.UNKNOWN}),
        ("background-image:linear-gradient(red,blue)", {"background-color": declarations.UNKNOWN}),
        ("background:none", {"background-color": "transparent"}),
        ("inset:0 1px", {"top": "0", "right": "1px", "bottom": "0", "left": "1px"}),
        ("margin:0 0 0 -999px", {"margin-top": "0", "margin-right": "0", "margin-left": "-999px"}),
        ("color:rgb(1, 2, 3)", {"color": "rgb(1, 2, 3)"}),
        ("opacity:0;:;;{}", {"opacity": "0"}),
    ],
)
def test_reads_a_style(style: str, expected: dict[str, str]) -> None:
    assert read(style) == expected


def test_important() -> None:
    assert [
        one.important for one in declarations.inline("color:red!important;opacity:0 ! important;top:0")
    ] == [True, True, False]


@pytest.mark.parametrize(
    "style", ["(" * 5000, "[{" * 5000, "font-size:" + "1" * 8000 + "px", "color:#" + "9" * 5000]
)
def test_what_the_parser_cannot_read_is_ignored(style: str) -> None:
    assert not declarations.is_readable(style) or read(style) in ({}, {"color": style[6:]})
    assert isinstance(read(style), dict)


PART = st.sampled_from(
    [
        "display", "color", "font-size", "mso-hide", "background", "margin", "width", "x", ":", ":", ":", ";", ";", " ", "none", "12px",
        "#fff", "red", "!important", "'a;b'", '"c"', "-1.5em", "50%", ",", "\n",
    ]
)  # fmt: skip


@given(st.lists(PART, max_size=12).map("".join))
@settings(max_examples=500, derandomize=True)
def test_the_short_way_agrees_with_the_parser(style: str) -> None:
    short = declarations._simple(style)
    if short is not None:
        full = declarations.read(
            tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
        )
        assert [one for one in full if not one.name.startswith("margin")] == list(short)


@given(st.text(max_size=60))
@settings(max_examples=200, derandomize=True)
def test_any_style_is_read(style: str) -> None:
    assert set(read(style)) <= declarations.PROPERTIES
