import pytest

from intake.text import clean_body, excerpt, render, source


def test_links_say_that_they_are_a_strangers() -> None:
    assert render('<p><a href="https://e.example/">a</a></p>') == (
        '<p dir="auto"><a rel="noopener noreferrer nofollow" href="https://e.example/">a</a></p>'
    )


def test_text_that_looks_like_a_link_stays_text() -> None:
    assert render('<p>&lt;a href="x"&gt;</p>') == '<p dir="auto">&lt;a href="x"&gt;</p>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<h2>a</h2><hr><pre>b</pre>", '<h2 dir="auto">a</h2><hr><pre dir="auto">b</pre>'),
        ('<p dir="rtl">BBC</p>', '<p dir="rtl">BBC</p>'),
        ("<ul><li>a</li><li>ب</li></ul>", '<ul dir="auto"><li dir="auto">a</li><li dir="auto">ب</li></ul>'),
        ("<ul><li>ب</li><li>a</li></ul>", '<ul dir="rtl"><li dir="auto">ب</li><li dir="auto">a</li></ul>'),
        ('<ul><li dir="rtl">a</li></ul>', '<ul dir="rtl"><li dir="rtl">a</li></ul>'),
        ('<ol start="2"><li>1</li></ol>', '<ol start="2" dir="auto"><li dir="auto">1</li></ol>'),
        (
            "<ul><li><p>ب</p><p>a</p></li></ul>",
            '<ul dir="rtl"><li dir="rtl"><p dir="auto">ب</p><p dir="auto">a</p></li></ul>',
        ),
        (
            "<blockquote><p>&amp; ب</p></blockquote>",
            '<blockquote dir="rtl"><p dir="auto">&amp; ب</p></blockquote>',
        ),
        (
            "<table><tbody><tr><td>ب</td></tr></tbody></table>",
            '<table dir="rtl"><tbody><tr><td dir="auto">ب</td></tr></tbody></table>',
        ),
    ],
)
def test_each_block_has_a_direction(html: str, shown: str) -> None:
    assert render(html) == shown


def test_what_does_not_hold_is_shown_as_text() -> None:
    assert render("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    ("chars", "expected"),
    [(100, "One two three"), (13, "One two three"), (12, "One two…"), (8, "One two…"), (2, "O…")],
)
def test_excerpt(chars: int, expected: str) -> None:
    assert excerpt("<p>One <strong>two</strong></p><p>three</p>", chars) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><p>b</p>",
        "<h2>a</h2><ul><li>x</li><li>y</li></ul><p>b</p>",
        "<pre>a\n\nb</pre><p>c</p>",
        "<blockquote><p>a</p></blockquote><hr><p>b</p>",
        '<ol start="0"><li value="3">a</li></ol><ul dir="rtl"><li dir="rtl">a</li><li>ب</li></ul><p>b</p>',
        '<pre dir="rtl">a\n\n  b</pre><p>c</p>',
    ],
)
def test_a_source_has_a_line_for_each_block_and_cleans_back_to_the_same(html: str) -> None:
    assert clean_body(html, format="html").html == html
    spread = source(html)
    assert "</p><" not in spread
    assert spread != html
    assert clean_body(spread, format="html").html == html
