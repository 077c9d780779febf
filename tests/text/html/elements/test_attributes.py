import pytest

from intake.text.html.cleaning import clean
from intake.text.html.elements.attributes import integer


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0", "0"),
        ("-2", "-2"),
        ("+007", "7"),
        (" 1990 ", "1990"),
        ("3.5", "3"),
        ("-0", "0"),
        ("1234567", ""),
        ("x", ""),
        ("", ""),
        ("٣", ""),
    ],
)
def test_integer(value: str, number: str) -> None:
    assert integer(value) == number


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("<ol start=0 type=I>{}</ol>", '<ol start="0" type="I">{}</ol>'),
        ("<ol reversed>{}</ol>", '<ol reversed="reversed">{}</ol>'),
        ("<ol reversed start=1>{}</ol>", '<ol reversed="reversed" start="1">{}</ol>'),
        ("<ol start=1 type=1>{}</ol>", "<ol>{}</ol>"),
        ("<ol type=disc>{}</ol>", "<ol>{}</ol>"),
        ('<ol style="list-style-type:upper-roman">{}</ol>', '<ol type="I">{}</ol>'),
        ('<ol><li type="i">b</li>{}</ol>', '<ol type="i"><li>b</li>{}</ol>'),
        ("<ul start=3 type=a>{}</ul>", "<ul>{}</ul>"),
    ],
)
def test_lists_keep_their_numbers(raw: str, html: str) -> None:
    assert clean(raw.format("<li>a</li>")).html == html.format("<li>a</li>")


def test_items_need_no_numbers_that_they_have_anyway() -> None:
    raw = "<ol start=2><li value=2>a</li><li value=3>b</li><li value=5>c</li><li value=6>d</li></ol>"
    assert clean(raw).html == '<ol start="2"><li>a</li><li>b</li><li value="5">c</li><li>d</li></ol>'
    assert (
        clean("<ol reversed><li value=1>a</li></ol>").html
        == '<ol reversed="reversed"><li value="1">a</li></ol>'
    )


def test_items_keep_their_numbers() -> None:
    raw = '<ol><li value=7 style="list-style-type:lower-alpha">a</li><li value=x>b</li></ol><ul><li value=3>c</li></ul>'
    assert clean(raw).html == '<ol type="a"><li value="7">a</li><li>b</li></ol><ul><li>c</li></ul>'
