import pytest

from intake.text import clean_body
from intake.text.editable import editable_text, is_unchanged


@pytest.mark.parametrize(
    "text", ["", "One.", "One\ntwo\n\nThree <b> & more", "— Да?\n— Нет.", "- one\n- two"]
)
def test_plain_text_is_offered_exactly_as_it_was(text: str) -> None:
    html = clean_body(text, format="plain").html
    assert editable_text(html) == (text, "plain")
    assert is_unchanged(html, text)


def test_lists_keep_their_marks_and_are_lists_again() -> None:
    html = '<p>A</p><ul><li>x</li><li>y</li></ul><ol start="3"><li>z</li><li>q</li></ol><p>B</p>'
    text, written = editable_text(html)
    assert (text, written) == ("A\n\n- x\n- y\n3. z\n4. q\n\nB", "light")
    assert clean_body(text, format=written).html == html


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
