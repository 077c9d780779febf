"""Small run of the benchmark of the desk."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.bench import archive, desk
from tests.bench.archive import Archive
from tests.bench.case import Case, Context
from tests.bench.child import measured
from tests.bench.desk import named

SMALL = {"400": Archive("small", 400, 100)}


@pytest.fixture(scope="module")
def filled() -> Iterator[Context]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "PARAGRAPHS", 25)
        with desk.shared(SMALL) as context:
            yield {**context, "database": "small"}
    assert not Path(context["folder"]).exists()


@pytest.mark.slow
def test_the_archive_has_what_is_said_of_it(filled: Context) -> None:
    with psycopg.connect(named(filled["url"], "small")) as database:
        rows = database.execute("SELECT lane, count(*) FROM submissions GROUP BY lane").fetchall()
        lanes = {str(lane): number for lane, number in rows}
        assert lanes == {"ours": 80, "theirs": 10, "machine": 10, "done": 260, "publishing": 40}
        (clear,) = database.execute(
            "SELECT count(*) FROM revisions WHERE octet_length(html) > 1000 AND get_byte(html, 0) = 0"
        ).fetchone() or (1,)
        assert clear == 0
        (keys,) = database.execute("SELECT count(*) FROM submission_keys").fetchone() or (0,)
        assert keys == 400
        (plain,) = database.execute(
            "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'bench%'"
        ).fetchone() or (1,)
        assert plain == 0


@pytest.mark.slow
@pytest.mark.parametrize("call", ["pages", "decisions"])
def test_requests_are_measured(filled: Context, call: str) -> None:
    """Runs in its own process, because it needs its own settings."""
    case = Case(call, call=getattr(desk, call), given={**filled, "kind": "search: common word"})
    measures = measured(case, filled)
    assert set(measures) == {"wall_s", "cpu_s", "peak_mb", "p50_ms", "p95_ms", "queries"}
    assert measures["p50_ms"] <= measures["p95_ms"]
    assert 5 < measures["queries"] < 40


def test_every_case_of_a_million_is_held_against_a_thousand() -> None:
    large = [case for case in desk.CASES if case.name.endswith("1,000,000")]
    assert len(large) == len(desk.CASES) / 2
    assert all(case.baseline == case.name.replace("1,000,000", "1,000") for case in large)
