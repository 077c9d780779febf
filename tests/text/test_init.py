import pytest

from intake.text import CleanText, clean_body, clean_line, clean_lines, keep_as_text


def test_plain_text_is_escaped_never_parsed() -> None:
    cleaned = clean_body("Write to <name@example.org>\n\na<b and b>c <!-- d", format="plain")
    assert cleaned.html == "<p>Write to &lt;name@example.org&gt;</p><p>a&lt;b and b&gt;c &lt;!-- d</p>"
    assert cleaned.text == "Write to <name@example.org>\n\na<b and b>c <!-- d"


def test_html() -> None:
    raw = "<p onclick=x>The <b>right</b> to know what is in the p\u0430pers\u200b</p><script></script>"
    assert clean_body(raw, format="html") == CleanText(
        html="<p>The <strong>right</strong> to know what is in the p\u0430pers</p>",
        text="The right to know what is in the p\u0430pers",
        language="en",
        language_sure=False,
        words=9,
        characters=31,
        minutes=1,
        removed={"zero-width": 1, "script": 1},
        flags=["mixed-script"],
        fallback=False,
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" A  title\n on two\tlines ", "A title on two lines"),
        ("<b>Bold</b> & co", "<b>Bold</b> & co"),
        ("in\u202evisible\u200b\x00", "invisible"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u3000全角　空白", "全角　空白"),
        ("\ufeff", ""),
    ],
)
def test_clean_line(raw: str, expected: str) -> None:
    assert clean_line(raw) == expected
    assert clean_line(expected) == expected


def test_a_text_that_could_not_be_cleaned_has_no_language() -> None:
    for kind in ("html", "plain"):
        assert keep_as_text("The workers went to the square.", format=kind).language is None


def test_verse_keeps_its_lines_and_indents() -> None:
    raw = "The sea,  the sea\u200b\n\n\n   is   <here>, and it goes on and on for more than a line  \n"
    cleaned = clean_body(raw, format="verse")
    text = "The sea, the sea\n\n\n   is   <here>, and it goes on and on for more than a line"
    assert cleaned.html == f"<pre>{text.replace('<', '&lt;').replace('>', '&gt;')}</pre>"
    assert (cleaned.text.strip(), cleaned.removed) == (text, {"zero-width": 1})
    assert keep_as_text(raw, format="verse").html == cleaned.html


def test_lines() -> None:
    assert clean_lines("one\u200b\r\ntwo") == "one\ntwo"
