import pytest

from intake.text import clean_body
from tests.bench import documents
from tests.bench.article import FILES, LINK, article


@pytest.mark.parametrize("kind", sorted(set(FILES) - {"txt"}))
def test_each_kind_of_file_has_all_that_the_article_has(kind: str) -> None:
    html = documents.cleaned(FILES[kind](3_000), f"a.{kind}").html
    assert all(
        f"<{tag}" in html
        for tag in ("h2", "strong", "em", "ul", "table", 'li id="note-1"', f'a href="{LINK}"')
    )
    assert html.count("<td") + html.count("<th") >= 6


def test_all_kinds_have_the_same_words() -> None:
    words = [
        documents.cleaned(FILES[kind](3_000), f"a.{kind}").words for kind in ("docx", "odt", "rtf", "md")
    ]
    assert max(words) - min(words) < 10


@pytest.mark.parametrize("letters", [3_000, 30_000, 300_000])
def test_an_article_has_the_length_that_is_asked_for(letters: int) -> None:
    assert letters <= sum(part.letters for part in article(letters)) < letters + 500


def test_another_link_may_be_asked_for() -> None:
    for kind, made in FILES.items():
        html = documents.cleaned(made(3_000, "https://example.net/x"), f"a.{kind}").html
        assert LINK not in html
        assert clean_body(html, format="html").html == html
