import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body, keep_as_text, plain
from intake.text.plain import MAX_LINES, VERSE_CHARS, original, paragraphs, preformatted


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("a", "<p>a</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        ("a\n \n\nb\n", "<p>a</p><p>b</p>"),
        ("Ask <name@example.org> & co", "<p>Ask &lt;name@example.org&gt; &amp; co</p>"),
        ("List<String>", "<p>List&lt;String&gt;</p>"),
        ("a<b and b>c", "<p>a&lt;b and b&gt;c</p>"),
        ("before <!-- after", "<p>before &lt;!-- after</p>"),
        ("&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_paragraphs(text: str, html: str) -> None:
    assert paragraphs(text) == html


LONG = "word " * (VERSE_CHARS // 5) + "word"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\n    b\n\n  c\n", "<pre>a\n    b\n\n  c</pre>"),
        ("A title\n\na\n\tb\n\nend", "<p>A title</p><pre>a\n    b</pre><p>end</p>"),
        ("a\n  b\n\nc\n\nd\n  e", "<pre>a\n  b\n\nc\n\nd\n  e</pre>"),
        ("    a\n      b", "<pre>a\n  b</pre>"),
        ("    a\n    b\n\n    c", "<p>a<br>b</p><p>c</p>"),
        (f"    {LONG}\n{LONG}\n{LONG}", f"<p>{LONG}<br>{LONG}<br>{LONG}</p>"),
        (f"a\n  b\n\n  {LONG}\n{LONG}", f"<pre>a\n  b</pre><p>{LONG}<br>{LONG}</p>"),
        ("a <b>\n  &", "<pre>a &lt;b&gt;\n  &amp;</pre>"),
    ],
)
def test_verse_keeps_its_indents(text: str, html: str) -> None:
    assert paragraphs(text) == html
    assert clean_body(html, format="html").html == html
    back = original(html)
    assert back is not None
    assert paragraphs(back) == html


def test_very_many_lines_stay_lines_of_one_block() -> None:
    text = "\n".join(["a"] * (MAX_LINES + 2))
    assert paragraphs(text) == f"<pre>{text}</pre>"


@given(st.text("ab<>& \n\t", max_size=60))
def test_nothing_but_space_is_lost(text: str) -> None:
    back = original(paragraphs(text))
    assert back is not None
    assert back.split() == text.split()


def test_original_knows_what_is_not_its_own() -> None:
    assert original("<b>a</b>") is None
    assert original("<p>a</b>") is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\n", ""),
        ("a", "<pre>a</pre>"),
        ("\n \n    a\n\n\n\tb\tc  \n", "<pre>    a\n\n\n    b\tc</pre>"),
        (f"{LONG}\n  {LONG}", f"<pre>{LONG}\n  {LONG}</pre>"),
        ("a <b>\n  &", "<pre>a &lt;b&gt;\n  &amp;</pre>"),
    ],
)
def test_preformatted_text_keeps_every_line_break_and_indent(text: str, html: str) -> None:
    assert preformatted(text) == html
    assert clean_body(html, format="html").html == html
    back = original(html, preformatted)
    assert back is not None
    assert preformatted(back) == html


def test_original_knows_other_conversions() -> None:
    assert original("<pre>a\nb</pre>") is None
    assert original("<pre>a\nb</pre>", preformatted) == "a\nb"
    assert original("<p>a</p>", preformatted) is None


@pytest.mark.parametrize("zeros", [0, 9, 9_000])
def test_references_with_any_number_of_digits_are_read(zeros: int) -> None:
    assert plain.unescaped(f"a&amp;&#{'0' * zeros}65;") == ("a&A" if zeros < 4_000 else "a&\ufffd")
    for html in (f"<p title='&#{'1' * 9_000};'>a", f"<p>&#{'1' * 9_000};a</p>"):
        assert "a" in keep_as_text(html, format="html").text
