import pytest

from intake.text import clean_body, excerpt, render, source


def test_links_say_that_they_are_a_strangers() -> None:
    assert render('<p><a href="https://e.example/">a</a></p>') == (
        '<p><a rel="noopener noreferrer nofollow" href="https://e.example/">a</a></p>'
    )


def test_text_that_looks_like_a_link_stays_text() -> None:
    html = '<p>&lt;a href="x"&gt;</p>'
    assert render(html) == html


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
    ],
)
def test_a_source_has_a_line_for_each_block_and_cleans_back_to_the_same(html: str) -> None:
    assert clean_body(html, format="html").html == html
    spread = source(html)
    assert "</p><" not in spread
    assert spread != html
    assert clean_body(spread, format="html").html == html
