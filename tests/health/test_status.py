from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, update

from intake.db import transaction
from intake.health.status import SystemStatus, health_report, system_status
from intake.jobs import ledger, processes
from intake.jobs.processes import SILENT_AFTER, WorkerLoad
from intake.models import Heartbeat, Job
from intake.models.heartbeat import FORGOTTEN_AFTER
from intake.models.job import OPEN_STATUSES
from intake.settings import Settings

WORKER = "worker@here"


@pytest.fixture
def _all_alive(app_settings: Settings) -> None:
    with transaction() as session:
        for kind in ("scheduler", "worker", "relay"):
            processes.start(session, f"{kind}@here", kind, {"sandbox": "full"} if kind == "worker" else {})


def look() -> SystemStatus:
    with transaction() as session:
        return system_status(session)


def last_seen(name: str, ago: timedelta) -> None:
    with transaction() as session:
        session.get_one(Heartbeat, name).seen_at = func.now() - ago


def job(slot: str, **values: Any) -> int:
    with transaction() as session:
        made = Job(kind="housekeeping.sweep", slot=slot, **values)
        session.add(made)
        session.flush()
        return made.id


def test_a_machine_that_was_never_started(app_settings: Settings) -> None:
    found = look()
    assert not found.report.ok
    assert (found.processes, found.work) == ([], {})
    assert found.jobs == dict.fromkeys(OPEN_STATUSES, 0)


@pytest.mark.usefixtures("_all_alive")
def test_processes_are_ordered_by_importance() -> None:
    found = look()
    assert found.report.ok
    assert [(one.kind, one.alive, one.sandbox) for one in found.processes] == [
        ("worker", True, "full"),
        ("relay", True, None),
        ("scheduler", True, None),
    ]


@pytest.mark.usefixtures("_all_alive")
def test_who_is_silent_is_not_alive_and_then_forgotten() -> None:
    last_seen(WORKER, SILENT_AFTER)
    assert [one.alive for one in look().processes] == [False, True, True]
    with transaction() as session:
        assert not health_report(session).ok
    last_seen(WORKER, FORGOTTEN_AFTER)
    assert [one.kind for one in look().processes] == ["relay", "scheduler"]


@pytest.mark.usefixtures("_all_alive")
def test_running_and_ended_jobs_of_a_worker() -> None:
    assert look().work == {}
    numbers = [job(slot) for slot in ("1", "2", "3")]
    with transaction() as session:
        taken = [ledger.take(session, number, WORKER) for number in numbers]
        for one in taken[:2]:
            assert one is not None
            ledger.finish(session, one)
        session.add(Job(kind="canary.text", slot="4", status="done", finished_at=func.now(), worker=WORKER))
    found = look()
    work = found.work[WORKER]
    assert (work.running, work.ended, found.busy(found.processes[0])) == (1, 2, 1)
    assert work.last_ended_at is not None
    assert found.jobs == dict.fromkeys(OPEN_STATUSES, 0) | {"running": 1}
    with transaction() as session:
        session.execute(update(Job).values(finished_at=Job.finished_at - 2 * FORGOTTEN_AFTER))
    assert look().work == {WORKER: WorkerLoad(running=1)}


@pytest.mark.usefixtures("_all_alive")
def test_what_pauses_before_another_attempt_does_not_wait() -> None:
    job("is put off", run_at=func.now() + timedelta(hours=1), created_at=func.now() - timedelta(days=9))
    assert look().report.sentence.endswith("nothing is due.")
    job(
        "pauses",
        attempts=1,
        run_at=func.now() + timedelta(hours=1),
        created_at=func.now() - timedelta(days=9),
    )
    assert "1 job waits for a retry" in look().report.sentence
    job("waits", run_at=func.now() - timedelta(seconds=5), created_at=func.now() - timedelta(days=9))
    assert look().report.sentence.endswith("the oldest has waited 5 seconds.")


@pytest.mark.usefixtures("_all_alive")
def test_a_queue_that_no_living_worker_serves_is_seen() -> None:
    with transaction() as session:
        processes.beat(
            session, WORKER, "worker", {"sandbox": "full", "queues": ["text", "notify", "publish"]}
        )
        processes.start(session, "photos@there", "worker", {"queues": ["photos"]})
    job("tidy")
    found = look()
    assert found.report.sentence == "Deletions are not being processed: no worker answers; 1 job waits."
    assert [one.queues for one in found.processes if one.kind == "worker"] == [
        ("photos",), ("text", "notify", "publish"),
    ]  # fmt: skip
    with transaction() as session:
        processes.start(session, "tidy@there", "worker", {"queues": ["housekeeping"]})
    assert look().report.ok
    last_seen("photos@there", SILENT_AFTER)
    assert "worker photos@there has stopped answering" in look().report.sentence
