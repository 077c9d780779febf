"""Small run of the benchmark of writing, and the text that it measures."""

import re

import pytest

from intake.text import clean_body
from intake.text.words import size, visible
from tests.bench import writing


def test_the_text_has_what_is_said_of_it() -> None:
    html = writing.article()
    assert clean_body(html, format="html").html == html
    assert 4900 < size(visible(html)).words < 5200
    assert len(re.findall("<h[23]>", html)) == writing.HEADINGS
    assert html.count("<li id=") == writing.NOTES
    photos = [f"00000000-0000-4000-8000-{number:012}" for number in range(writing.PHOTOS)]
    assert writing.article(photos=photos).count("<figure") == writing.PHOTOS


@pytest.mark.slow
def test_all_of_the_work_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "TIMES", 2)
    monkeypatch.setattr(writing, "KEYS", "ab c")
    with writing.shared(600) as context:
        for case in writing.CASES:
            assert case.call
            found = case.call({**context, **case.given})
            assert found
            assert {"wall_s", "p50_ms", "p95_ms"} <= set(found), case.name
            assert found["p95_ms"] > 0
