"""Small run of the benchmark of text."""

import pytest

from intake.text import clean_body
from tests.bench import paste, text


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each case clean only the minimum."""
    monkeypatch.setattr(text, "ENOUGH_S", 1e-9)


@pytest.mark.parametrize("by", text.CLEANERS)
@pytest.mark.parametrize("shape", text.SHAPES)
def test_each_shape_is_cleaned_by_each(shape: str, by: str) -> None:
    measures = text.one({"by": by, "shape": shape, "kb": "2"})
    assert set(measures) == {"wall_s", "cpu_s", "cpu_ms"}
    assert measures["cpu_ms"] == 1000 * measures["cpu_s"] > 0


@pytest.mark.parametrize("shape", text.SHAPES)
def test_a_shape_has_the_size_that_is_asked_for(shape: str) -> None:
    assert 29_900 < len(text.SHAPES[shape](30_000)) < 30_500


def test_the_article_has_all_that_it_is_said_to_have() -> None:
    html = clean_body(text.article(2000), format="html").html
    assert all(f"<{tag}" in html for tag in ("h2", "h3", "strong", "em", "a", "ul", "ol", "blockquote"))
    assert text.RUN in html


def test_links_are_new_in_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setitem(text.CLEANERS, "transom", seen.append)
    text.one({"by": "transom", "shape": "article", "kb": "2"})
    assert len(set(seen)) == len(seen) > 1


@pytest.mark.slow
def test_the_appendix_names_what_is_kept_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paste, "section", lambda: "Pastes.")
    small, large, *_, last = text.appendix().splitlines()
    assert small.startswith("- At 30 KB kept as text: open lists, ")
    assert "line breaks" in large
    assert "article" not in small + large
    assert last == "Pastes."
