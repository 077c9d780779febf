"""Small run of the benchmark of jobs."""

import pytest
from sqlalchemy import select, text

from intake.db import transaction
from intake.models import Event, Job
from intake.subscriptions import SUBSCRIPTIONS
from tests.bench import jobs
from tests.bench.engine_room import at_home

pytestmark = pytest.mark.slow

KINDS = {f"{name}_cpu_s" for name in ("sender", "postgres", "valkey", "worker")}
ALL = {"wall_s", "cpu_s", "peak_mb", *KINDS}


def test_jobs_go_the_whole_way_and_the_product_knows_nothing_of_them() -> None:
    with jobs.shared() as context:
        bare = jobs.bare({**context, "task": "late", "jobs": "40"})
        ledger = jobs.ledger({**context, "jobs": "40"})
        idle = jobs.idle({**context, "jobs": "3"})
        with at_home(context), transaction() as session:
            kinds, attempts = zip(*session.execute(select(Job.kind, Job.attempts)).all(), strict=True)
            assert (set(kinds), set(attempts)) == ({jobs.KIND}, {1})
            assert set(session.scalars(select(Event.name))) == {jobs.ASKED}
            triggers = text("SELECT count(*) FROM pg_trigger WHERE tgname = 'bench_tell'")
            assert session.scalar(triggers) == 0
    assert set(bare) == ALL | {"jobs_per_s"}
    assert set(ledger) == ALL | {"jobs_per_s", "relay_cpu_s"}
    assert set(idle) == ALL | {"p50_ms", "p95_ms", "relay_cpu_s"}
    assert len(kinds) == 2 * jobs.WARM + 40 + 3
    assert 0 < idle["p50_ms"] <= idle["p95_ms"]
    assert jobs.ASKED not in SUBSCRIPTIONS
