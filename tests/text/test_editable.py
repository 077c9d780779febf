import pytest

from intake.text import clean_body
from intake.text.editable import editable_text, is_unchanged


@pytest.mark.parametrize(
    "text", ["", "One.", "One\ntwo\n\nThree <b> & more", "— Да?\n— Нет.", "- one\n- two", "a\n  b\n\nc"]
)
def test_plain_text_is_offered_exactly_as_it_was(text: str) -> None:
    html = clean_body(text, format="plain").html
    assert editable_text(html) == (text, "plain")
    assert is_unchanged(html, text)


@pytest.mark.parametrize("text", ["a\nb", "  a\n\n\n    b & c", "a" * 80 + "\n  " + "b" * 80])
def test_verse_stays_verse(text: str) -> None:
    html = clean_body(text, format="verse").html
    assert editable_text(html) == (text, "verse")
    assert is_unchanged(html, text)


def test_lists_keep_their_marks_and_are_lists_again() -> None:
    html = '<p>A</p><ul><li>x</li><li>y</li></ul><ol start="3"><li>z</li><li>q</li></ol><p>B</p>'
    text, written = editable_text(html)
    assert (text, written) == ("A\n\n- x\n- y\n3. z\n4. q\n\nB", "light")
    assert clean_body(text, format=written).html == html


def test_nested_lists_are_lists_again() -> None:
    html = '<ul><li>a<ul><li>b</li></ul></li></ul><ol start="0"><li>c</li><li value="7">d<ol><li>e</li></ol></li></ol>'
    text, written = editable_text(html)
    assert (text, written) == ("- a\n  - b\n0. c\n7. d\n  1. e", "light")
    assert clean_body(text, format=written).html == html


def test_numbers_are_as_shown() -> None:
    html = '<ol type="a"><li>a</li><li>b</li></ol><p>x</p><ol reversed="reversed"><li>c<ul><li>u</li></ul></li><li>d</li></ol><ol start="-2"><li>e</li></ol>'
    assert editable_text(html)[0] == "a. a\nb. b\n\nx\n\n2. c\n  - u\n1. d\n-2. e"


def test_what_a_plain_field_cannot_show_becomes_words() -> None:
    html = (
        '<h2>A</h2><p><b>One</b> <a href="https://example.org/">two</a></p><blockquote><p>q</p></blockquote>'
    )
    text, written = editable_text(html)
    assert (text, written) == ("A\n\nOne two\n\nq", "light")


@pytest.mark.parametrize(
    ("sent", "same"),
    [("One\r\ntwo", True), (" One\ntwo \n", True), ("One\ntwo", True), ("One\n\ntwo", False), ("One", False)],
)
def test_a_browser_changes_line_ends_and_no_words(sent: str, same: bool) -> None:
    assert is_unchanged("<p>One<br>two</p>", sent) is same
