import pytest

from intake.text import excerpt, render


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
