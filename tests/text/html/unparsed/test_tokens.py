import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.html.unparsed import tokens


def found(source: str) -> list[str]:
    return [source[one.start : one.end] for one in tokens.find(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>c</b >d<br/>", ["<b>", "</b >", "<br/>"]),
        ("<a b='>' c=\">\" d=e>f", ["<a b='>' c=\">\" d=e>"]),
        ("<a b=c'd>e'>", ["<a b=c'd>"]),
        ("<a 'b>c", ["<a 'b>"]),
        ("<a b='c>d<e>f", ["<a b='c>", "<e>"]),
        ("<a b='c' d='e>f<g h='>i", ["<a b='c' d='e>f<g h='>"]),
        ("a<!-- b > c -->d<!-->e<!--->f<!-- --!>g", ["<!-- b > c -->", "<!-->", "<!--->", "<!-- --!>"]),
        ("a<!-- b <i>", ["<!-- b <i>"]),
        ("<!DOCTYPE html><?xml a?><![if x]>a<![endif]>", ["<!DOCTYPE html>", "<?xml a?>", "<![if x]>", "<![endif]>"]),
        ("<style>a<b></STYLE><title><i></title>", ["<style>", "</STYLE>", "<title>", "</title>"]),
        ("<script>a</b>", ["<script>"]),
        ("a < b <3 <= c <- d </ e <name@example.org>", []),
        ("<![CDATA[a]]>", []),
        ("a<b", []),
        ("a<b c='d", ["<b c='d"]),
        ("a<b c d > e", ["<b c d >"]),
    ],
)  # fmt: skip
def test_tags_and_comments(source: str, expected: list[str]) -> None:
    assert found(source) == expected


def test_values_are_those_of_the_standard() -> None:
    assert tokens.values(" A=1 b='&lt;' c = \"d\" e f='g' a=2 /h/i=j'k") == {
        "a": "1", "b": "<", "c": "d", "e": "", "f": "g", "h": "", "i": "j'k",
    }  # fmt: skip


@given(st.text(alphabet="<>a b='\"/!-?[", max_size=60))
def test_tokens_follow_each_other(source: str) -> None:
    place = 0
    for one in tokens.find(source):
        assert place <= one.start < one.end <= len(source)
        place = one.end
