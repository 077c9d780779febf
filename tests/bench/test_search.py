"""Small run of the benchmark of searches."""

import random
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.bench import archive, desk, search
from tests.bench.archive import Archive
from tests.bench.case import Case, Context
from tests.bench.child import measured


@pytest.fixture(scope="module")
def filled() -> Iterator[Context]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "PARAGRAPHS", 25)
        with desk.shared({"400": Archive("small", 400, 100)}) as context:
            yield {**context, "database": "small"}


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "least"), [("one wrong letter", 0.1), ("no similar word", 0)])
def test_searches_are_measured(filled: Context, kind: str, least: float) -> None:
    """Runs in its own process, because it needs its own settings."""
    measures = measured(Case(kind, call=search.searches, given={**filled, "kind": kind}), filled)
    assert set(measures) == {"wall_s", "cpu_s", "peak_mb", "cpu_of_database_ms", "p50_ms", "p95_ms", "found"}
    assert measures["p50_ms"] <= measures["p95_ms"]
    assert least <= measures["found"] <= (1 if least else 0)


@pytest.mark.parametrize(
    ("error", "possible"),
    [
        ("two exchanged", {"ourt": {"uort", "orut", "outr"}}), ("one missing", {"ourt": {"urt", "ort", "out", "our"}}),
        ("one wrong", {"ab": {"bb", "aa"}}), ("one added", {"ab": {"aab", "bab", "abb"}}),
    ],
)  # fmt: skip
def test_an_error_is_made_at_any_place(error: str, possible: dict[str, set[str]]) -> None:
    for word, wanted in possible.items():
        chance = random.Random(1)
        assert {search.with_error(word, error, chance) for _ in range(300)} == wanted


def test_searches_are_of_words_that_may_have_an_error() -> None:
    words = list(islice(search.KINDS["word"](random.Random(1)), 50))
    assert min(map(len, words)) >= 5
    assert len(set(words)) > 40


def test_most_words_are_found_in_spite_of_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SAMPLE", 60)
    monkeypatch.setattr(search, "SCRIPTS", {"Cyrillic": ("kk",)})
    found = search.recalled("Cyrillic")
    assert set(found) == set(search.ERRORS)
    assert all(share > 85 for share, _, _ in found.values())
    assert all(share + taken > 98 for share, taken, _ in found.values())
    assert search.appendix().count("| Cyrillic |") == 4
