"""5,000 jobs that do nothing, from an event until they are done, compared with 5,000 such tasks of Celery alone.

- **Celery alone**: `apply_async` through pooled producers, Valkey, a worker. Tasks are acknowledged when they start, so a task is lost
  with its process.
- **Celery alone, late**: acknowledged when done. This is the least that loses nothing when a process dies. It loses everything with the broker.
- **Celery alone, forgetful**: not acknowledged at all, without the broker's list of unacknowledged messages (`ack_emulation`). Transom
  uses the same setting, because it has the ledger. A task is lost with its process, or with its worker before it begins. The case shows the cost of that list.
  The measurement ends when the queue is empty, while each process still has a task or two to do.
- **Transom**: `record()` with one job each, 20 events to a transaction, like a submission with 20 photos; `transom relay`; a worker with
  the product's application and one more handler (tests/bench/nothing.py), which does nothing.
- **Transom, idle**: 200 jobs one after the other, and nothing else to do.

Four clients send or record at once, as threads of one process. All cases use the same PostgreSQL (embedded, waiting for the disk), the
same Valkey (appending to its file each second), and the same pool: prefork, one process per core, prefetch multiplier 1, JSON, no results, no
events, no remote control, and the broker's other options of workers/app.py. No worker logs its tasks. 100 jobs run before the measurement
begins.

Wall time and rate count from the first job that is sent or recorded until none is left. `p50` and `p95` are the time from sending COMMIT
for the event until the commit of the job's end is reported by LISTEN, for which the bench adds a trigger to the table. CPU time is that
of all processes; each kind has a column of its own (sender: the client).
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from statistics import quantiles
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import text

from intake.db import connect, listen, transaction
from intake.job_kinds import QUEUES
from intake.models import record
from intake.settings import settings
from intake.subscriptions import SUBSCRIPTIONS
from tests.bench import engine_room
from tests.bench.case import Case, Context, Measures
from tests.waiting import until

JOBS = 5000
CLIENTS = 4
WARM = 100
AT_ONCE = 20
"""Number of events in one transaction."""
ONE_BY_ONE = 200
TIMEOUT_S = 300
KIND = "bench.nothing"
"""Kind of the job that does nothing. Only a worker with tests/bench/nothing.py knows it."""

ASKED = "bench.asked"


def shared() -> AbstractContextManager[Context]:
    """The servers."""
    return engine_room.served()


def bare(context: Context) -> Measures:
    """Run Celery tasks without a ledger. The case gives the name of the task."""
    with engine_room.engine_room(context) as engines:
        from tests.bench import bare

        engines.worker("tests.bench.bare", bare.QUEUE, TRANSOM_BENCH_FORGETFUL=context.get("forgetful", ""))
        task = getattr(bare, context["task"])

        def send(count: int) -> None:
            with bare.app.producer_or_acquire() as producer:
                for number in range(count):
                    task.apply_async((number,), producer=producer)

        with bare.app.connection_for_read() as connection:
            client: Any = connection.default_channel.client  # type: ignore[attr-defined]

            def carry(count: int) -> None:
                _by_clients(send, count)
                until(lambda: not client.exists(bare.QUEUE, "unacked"), TIMEOUT_S)

            return _rate(engines, carry, int(context["jobs"]))


def ledger(context: Context) -> Measures:
    """Run jobs of the ledger."""
    with _transom(context) as engines:
        return _rate(engines, _carry, int(context["jobs"]))


def idle(context: Context) -> Measures:
    """Jobs one after the other. p50 and p95 are from the commit of the event to the notification of the job's end."""
    with _transom(context) as engines:
        _carry(WARM)
        with _ends() as ended, engines.costs() as costs:
            times = [_one(ended) for _ in range(int(context["jobs"]))]
    cuts = quantiles(times, n=20)
    return costs | {"p50_ms": cuts[9] * 1000, "p95_ms": cuts[18] * 1000}


def _rate(engines: engine_room.EngineRoom, carry: Callable[[int], None], jobs: int) -> Measures:
    carry(WARM)
    with engines.costs() as costs:
        carry(jobs)
    return costs | {"jobs_per_s": jobs / costs["wall_s"]}


@contextmanager
def _transom(context: Context) -> Iterator[engine_room.EngineRoom]:
    with engine_room.engine_room(context) as engines, patch.dict(SUBSCRIPTIONS, {ASKED: (KIND,)}):
        engines.relay()
        engines.worker("tests.bench.nothing", *QUEUES)
        yield engines


def _carry(count: int) -> None:
    _by_clients(_record, count)
    until(engine_room.at_rest, TIMEOUT_S)


def _record(count: int) -> None:
    for done in range(0, count, AT_ONCE):
        with transaction() as session:
            for _ in range(min(AT_ONCE, count - done)):
                record(session, ASKED)


def _by_clients(send: Callable[[int], None], count: int) -> None:
    """Call `send` in CLIENTS threads, each with its share of `count`."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(send, [count // CLIENTS] * CLIENTS))


@contextmanager
def _ends() -> Iterator[psycopg.Connection]:
    """Connection that is notified at the commit of each job's end."""
    # Only the owner of a table may give it a trigger.
    owner = connect(settings().owner_url)
    with owner.begin() as connection:
        connection.execute(text(TOLD))
    with listen("bench_done") as ended:
        yield ended
    with owner.begin() as connection:
        connection.execute(text("DROP FUNCTION bench_tell CASCADE"))
    owner.dispose()


TOLD = """
CREATE FUNCTION bench_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('bench_done', NEW.id::text); RETURN NULL; END $$;
CREATE TRIGGER bench_tell AFTER UPDATE ON jobs FOR EACH ROW WHEN (NEW.status = 'done') EXECUTE FUNCTION bench_tell();
"""


def _one(ended: psycopg.Connection) -> float:
    with transaction() as session:
        record(session, ASKED)
        session.flush()
        begun = time.monotonic()
    for _ in ended.notifies(timeout=TIMEOUT_S, stop_after=1):
        return time.monotonic() - begun
    raise AssertionError("the job did not end")


CASES = [
    Case("Celery alone", call=bare, given={"task": "early", "jobs": str(JOBS)}),
    Case("Celery alone, late", call=bare, given={"task": "late", "jobs": str(JOBS)}),
    Case(
        "Celery alone, forgetful",
        call=bare,
        given={"task": "early", "forgetful": "yes", "jobs": str(JOBS)},
    ),
    Case(
        "Transom",
        call=ledger,
        given={"jobs": str(JOBS)},
        baseline="Celery alone, late",
        compared="jobs_per_s",
    ),
    Case("Transom, idle", call=idle, given={"jobs": str(ONE_BY_ONE)}),
]
