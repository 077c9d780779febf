import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from intake.db import engine, transaction
from intake.models.job import JOBS_CHANNEL, STATUSES, wake_relay
from intake.settings import Settings
from tests.models.rows import NOW, RUNNING, SENT, Rows, Violation

DONE = {"status": "done", "finished_at": NOW}
DISCARDED = {"status": "discarded", "finished_at": NOW}
DEAD = {"status": "dead", "finished_at": NOW, "error": "ValueError"}
BY_THE_CLOCK = {"event_id": None, "slot": "sweep@1"}

REFUSED = [
    Violation("jobs", "ck_jobs_status", {"status": "lost"}),
    Violation("jobs", "ck_jobs_queue", {"queue": "slow"}),
    Violation("jobs", "ck_jobs_lease", {"lease_until": NOW}),
    Violation("jobs", "ck_jobs_lease", SENT | {"lease_until": None}),
    Violation("jobs", "ck_jobs_lease", RUNNING | {"lease_until": None}),
    Violation("jobs", "ck_jobs_lease", DONE | {"lease_until": NOW}),
    Violation("jobs", "ck_jobs_lease", DEAD | {"lease_until": NOW}),
    Violation("jobs", "ck_jobs_running", RUNNING | {"worker": None}),
    Violation("jobs", "ck_jobs_running", RUNNING | {"started_at": None}),
    Violation("jobs", "ck_jobs_finished", DONE | {"finished_at": None}),
    Violation("jobs", "ck_jobs_finished", DEAD | {"finished_at": None}),
    Violation("jobs", "ck_jobs_finished", DISCARDED | {"finished_at": None}),
    Violation("jobs", "ck_jobs_dead_says_why", DEAD | {"error": None}),
    Violation("jobs", "ck_jobs_attempts", {"attempts": -1}),
    Violation("jobs", "ck_jobs_started_by_event_or_clock", {"slot": "sweep@1"}),
    Violation("jobs", "ck_jobs_started_by_event_or_clock", {"event_id": None}),
    Violation("jobs", "uq_jobs_event_id_kind", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_the_clock_starts_a_slot_once(rows: Rows) -> None:
    rows.insert("jobs", **BY_THE_CLOCK)
    with pytest.raises(psycopg.errors.UniqueViolation, match="uq_jobs_slot"):
        rows.insert("jobs", **BY_THE_CLOCK)


def test_a_job_in_each_status_is_let_in(rows: Rows) -> None:
    rows.insert_before("jobs")
    for number, changes in enumerate([{}, SENT, RUNNING, DONE, DEAD, DISCARDED]):
        rows.insert("jobs", **{"status": "pending"} | changes | {"kind": STATUSES[number]})


@pytest.mark.parametrize("kept", [True, False])
def test_the_relay_is_notified_of_a_job_at_the_commit_and_not_before(
    app_settings: Settings, kept: bool
) -> None:
    with psycopg.connect(app_settings.database_url, autocommit=True) as listening:
        listening.execute(f"LISTEN {JOBS_CHANNEL}")
        with transaction() as session:
            wake_relay(session)
            assert list(listening.notifies(timeout=0)) == []
            if not kept:
                session.rollback()
                return
        (heard,) = listening.notifies(timeout=10, stop_after=1)
        assert heard.payload == ""


def test_the_relay_is_woken_once_for_a_transaction(app_settings: Settings) -> None:
    """PostgreSQL merges equal notifications anyway. The check in `wake_relay` saves the statements, such as one per photo."""
    asked: list[str] = []
    with Session(engine()) as session:
        event.listen(session, "do_orm_execute", lambda state: asked.append(str(state.statement)))
        for count in (1, 2):
            for _ in range(3):
                wake_relay(session)
            assert len(asked) == count
            session.commit()
