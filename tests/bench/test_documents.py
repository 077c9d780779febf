"""Small run of the benchmark of documents."""

import pytest

from tests.bench import documents as bench
from tests.bench.article import FILES
from tests.bench.case import Case


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each case read only the minimum."""
    monkeypatch.setattr(bench, "ENOUGH_S", 1e-9)


@pytest.mark.parametrize("case", bench.CASES, ids=lambda case: case.name)
def test_each_case_is_measured(case: Case) -> None:
    measures = bench.one({**case.given, "kb": "2"})
    assert set(measures) == {"wall_s", "cpu_s", "cpu_ms"}
    assert measures["cpu_ms"] == 1000 * measures["cpu_s"] > 0


@pytest.mark.parametrize("kind", FILES)
def test_the_product_comes_to_the_same_text_in_children(kind: str) -> None:
    data, name = FILES[kind](3_000), f"a.{kind}"
    assert bench.cleaned(data, name).html == bench.cleaned_in_children(data, name).html


def test_links_are_new_in_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    monkeypatch.setitem(bench.READERS, "transom", lambda data, _name: seen.append(data))
    bench.one({"by": "transom", "kind": "md", "kb": "2"})
    assert len(set(seen)) == len(seen) > 1


def test_the_largest_article_is_not_kept_as_text() -> None:
    assert not bench.cleaned(FILES["docx"](300_000), "a.docx").fallback
