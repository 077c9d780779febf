from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from intake.actions import ledger
from intake.actions.errors import NotFound
from intake.actions.ledger import LOST, MAX_ATTEMPTS, RUNNING_LEASE, SENT_LEASE
from intake.db import transaction
from intake.models import Editor, Event, Job
from intake.settings import Settings
from tests.cast import Contributor
from tests.together import at_once, second_waits

NAME = "worker@here"


@pytest.fixture
def jobs(app_settings: Settings) -> list[int]:
    """Five jobs that are due, the first of them for longest."""
    with transaction() as session:
        made = [
            Job(kind="housekeeping.sweep", slot=str(n), run_at=func.now() - timedelta(minutes=9 - n))
            for n in range(5)
        ]
        session.add_all(made)
        session.flush()
        return [job.id for job in made]


def send(limit: int = 32) -> list[int]:
    with transaction() as session:
        return ledger.send_due(session, limit)


def take(job_id: int, worker: str = NAME) -> Job | None:
    with transaction() as session:
        return ledger.take(session, job_id, worker)


def taken(job_id: int) -> Job:
    job = take(job_id)
    assert job is not None
    return job


def fail(job: Job, *, final: bool = False) -> None:
    with transaction() as session:
        ledger.fail(session, job, error="ValueError", traceback="here", final=final)


def look(job_id: int) -> Job:
    with transaction() as session:
        return session.get_one(Job, job_id)


def change(job_id: int, **values: Any) -> None:
    with transaction() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**values))


def statuses() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Job.status).order_by(Job.id)))


def ahead(session: Session, job_id: int, column: str) -> timedelta:
    """How far a time of a job lies after the beginning of the transaction, from which the ledger counts."""
    span: timedelta = session.scalars(select(getattr(Job, column) - func.now()).where(Job.id == job_id)).one()
    return span


def test_due_jobs_are_sent_oldest_first_up_to_the_limit(jobs: list[int]) -> None:
    assert send(2) == jobs[:2]
    assert statuses() == ["sent", "sent", "pending", "pending", "pending"]


def test_who_is_silent_for_too_long_loses_the_job(jobs: list[int]) -> None:
    with transaction() as session:
        assert ledger.send_due(session, 1) == jobs[:1]
        assert ahead(session, jobs[0], "lease_until") == SENT_LEASE
    with transaction() as session:
        ledger.take(session, jobs[0], NAME)
        assert ahead(session, jobs[0], "lease_until") == RUNNING_LEASE


def test_jobs_that_wait_in_the_broker_count_towards_the_limit(jobs: list[int]) -> None:
    assert send(2) == jobs[:2]
    assert send(2) == []
    taken(jobs[0])
    assert send(2) == [jobs[2]]
    assert send(0) == []


def test_a_job_whose_time_has_not_come_is_not_sent(jobs: list[int]) -> None:
    change(jobs[0], run_at=func.now() + timedelta(hours=1))
    assert send() == jobs[1:]


def test_two_relays_at_once_never_send_the_same_job(jobs: list[int]) -> None:
    """The second passes over what the first has in hand, and does not wait for it."""
    with transaction() as first:
        assert ledger.send_due(first, 2) == jobs[:2]
        with transaction() as second:
            second.execute(text("SET LOCAL lock_timeout = '10s'"))
            assert ledger.send_due(second, 2) == jobs[2:4]
    assert send() == jobs[4:]


def test_relays_that_race_share_the_jobs_out(jobs: list[int]) -> None:
    answers = at_once(*[send] * 4)
    assert sorted(number for answer in answers for number in answer) == jobs  # type: ignore[union-attr]


def test_what_the_broker_did_not_take_is_pending_at_once(jobs: list[int]) -> None:
    send()
    taken(jobs[0])
    with transaction() as session:
        ledger.unsend(session, jobs[:2])
    assert statuses() == ["running", "pending", "sent", "sent", "sent"]
    assert look(jobs[1]).attempts == 0
    assert send() == [jobs[1]]


def test_a_restarted_broker_gives_back_all_that_it_held(jobs: list[int]) -> None:
    send(3)
    taken(jobs[0])
    with transaction() as session:
        assert ledger.unsend_all(session) == 2
    assert statuses() == ["running"] + ["pending"] * 4


def test_a_job_is_taken_once(jobs: list[int]) -> None:
    send()
    job = taken(jobs[0])
    assert (job.status, job.worker, job.attempts) == ("running", NAME, 1)
    assert take(jobs[0]) is None
    assert take(10**9) is None


def test_of_workers_that_race_one_gets_the_job(jobs: list[int]) -> None:
    answers = at_once(*[lambda number=number: take(jobs[0], f"worker@{number}") for number in range(6)])
    (winner,) = [answer for answer in answers if answer is not None]
    assert isinstance(winner, Job)
    assert look(jobs[0]).worker == winner.worker


def test_a_second_worker_waits_for_the_first_and_goes_away(jobs: list[int]) -> None:
    assert (
        second_waits(lambda session: ledger.take(session, jobs[0], NAME), lambda: take(jobs[0], "other"))
        is None
    )
    assert look(jobs[0]).worker == NAME


def test_a_message_that_overtakes_the_commit_of_its_sending_is_honoured(jobs: list[int]) -> None:
    """Also one that comes after its lease ran out and before it was sent again."""
    assert taken(jobs[0]).attempts == 1


def test_a_late_copy_of_a_message_does_not_skip_the_pause(jobs: list[int]) -> None:
    fail(taken(jobs[0]))
    assert take(jobs[0]) is None
    change(jobs[0], run_at=func.now())
    assert taken(jobs[0]).attempts == 2


@pytest.mark.parametrize("end", ["done", "dead"])
def test_what_is_over_is_not_taken(jobs: list[int], end: str) -> None:
    change(jobs[0], status=end, finished_at=func.now(), error="ValueError")
    assert take(jobs[0]) is None


def test_a_job_that_did_what_it_should_is_done(jobs: list[int]) -> None:
    fail(taken(jobs[0]))
    change(jobs[0], run_at=func.now())
    with transaction() as session:
        ledger.finish(session, taken(jobs[0]))
    job = look(jobs[0])
    assert (job.status, job.lease_until, job.error, job.traceback) == ("done", None, None, None)
    assert job.finished_at is not None


def test_pauses_grow_until_the_job_is_dead(jobs: list[int]) -> None:
    pauses = []
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert statuses()[0] == "pending"
        change(jobs[0], run_at=func.now())
        job = taken(jobs[0])
        with transaction() as session:
            ledger.fail(session, job, error="ValueError", traceback="here")
            pauses.append(ahead(session, jobs[0], "run_at").total_seconds())
        job = look(jobs[0])
        assert (job.attempts, job.error, job.traceback) == (attempt, "ValueError", "here")
    assert statuses()[0] == "dead"
    assert look(jobs[0]).finished_at is not None
    # 2, 4, 8 … seconds, and up to half as much again.
    assert all(2**attempt <= pause <= 2**attempt * 1.5 for attempt, pause in enumerate(pauses, start=1))


def test_a_hopeless_job_is_dead_at_once(jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    assert statuses()[0] == "dead"


@pytest.mark.parametrize(("status", "after"), [("sent", 0), ("running", 1)])
def test_a_lease_that_ran_out_brings_a_job_back(jobs: list[int], status: str, after: int) -> None:
    send()
    if status == "running":
        taken(jobs[0])
    with transaction() as session:
        assert ledger.return_expired(session) == 0
    change(jobs[0], lease_until=func.now() - timedelta(seconds=1))
    with transaction() as session:
        assert ledger.return_expired(session) == 1
        pauses = ahead(session, jobs[0], "run_at") > timedelta()
    job = look(jobs[0])
    assert (job.status, job.attempts) == ("pending", after)
    assert (job.error, pauses) == ((LOST, True) if after else (None, False))


def test_a_job_that_always_ends_its_worker_is_dead_in_the_end(jobs: list[int]) -> None:
    taken(jobs[0])
    change(jobs[0], attempts=MAX_ATTEMPTS, lease_until=func.now() - timedelta(seconds=1))
    with transaction() as session:
        ledger.return_expired(session)
    assert (look(jobs[0]).status, look(jobs[0]).error) == ("dead", LOST)


def test_a_worker_that_starts_gives_back_what_its_predecessor_had(jobs: list[int]) -> None:
    taken(jobs[0])
    take(jobs[1], "worker@elsewhere")
    with transaction() as session:
        assert ledger.return_of_worker(session, NAME) == 1
    assert statuses() == ["pending", "running", "pending", "pending", "pending"]


@pytest.mark.parametrize("end", ["finish", "fail"])
def test_a_worker_that_was_believed_dead_settles_nothing(jobs: list[int], end: str) -> None:
    """Its job was given back and is run by another: its word on it does not count any more."""
    settle = partial(ledger.fail, error="E", traceback="") if end == "fail" else ledger.finish
    ghost = taken(jobs[0])
    with transaction() as session:
        ledger.return_of_worker(session, NAME)
    change(jobs[0], run_at=func.now())
    current = take(jobs[0], "other")
    with transaction() as session:
        settle(session, ghost)
    assert (look(jobs[0]).status, look(jobs[0]).worker) == ("running", "other")
    assert current is not None
    with transaction() as session:
        ledger.finish(session, current)
        settle(session, ghost)
    assert look(jobs[0]).status == "done"


def test_an_admin_runs_a_dead_job_again(contributor: Contributor, admin: Editor) -> None:
    contributor.submit()
    (number,) = send()
    fail(taken(number), final=True)
    with transaction() as session:
        ledger.retry(session, number, admin)
    job = look(number)
    assert (job.status, job.attempts, job.finished_at) == ("pending", 0, None)
    assert send() == [number]
    with transaction() as session:
        event = session.scalars(select(Event).where(Event.name == "job.retried")).one()
        assert (event.editor_id, event.data) == (admin.id, {"kind": "text.screen"})
        assert event.submission_id == contributor.submission_id


def test_a_job_of_the_clock_can_be_run_again_too(jobs: list[int], admin: Editor) -> None:
    fail(taken(jobs[0]), final=True)
    with transaction() as session:
        assert ledger.retry(session, jobs[0], admin).submission_id is None


def test_only_a_dead_job_is_run_again(jobs: list[int], admin: Editor) -> None:
    for number in (jobs[0], 10**9):
        with pytest.raises(NotFound), transaction() as session:
            ledger.retry(session, number, admin)


def test_two_schedulers_start_a_slot_once(app_settings: Settings) -> None:
    def start() -> bool:
        with transaction() as session:
            return ledger.schedule(session, "housekeeping.sweep", "housekeeping.sweep@7")

    assert sorted(at_once(start, start, start)) == [False, False, True]  # type: ignore[type-var]
    assert start() is False
    assert statuses() == ["pending"]


def test_jobs_done_long_ago_are_forgotten_and_others_kept(jobs: list[int]) -> None:
    old = {"finished_at": func.now() - timedelta(days=31)}
    change(jobs[0], status="done", **old)
    change(jobs[1], status="dead", error="ValueError", **old)
    change(jobs[2], status="done", finished_at=func.now() - timedelta(days=29))
    with transaction() as session:
        ledger.forget_done(session, timedelta(days=30))
    assert statuses() == ["dead", "done", "pending", "pending"]


def test_events_outlive_their_jobs(contributor: Contributor) -> None:
    contributor.submit()
    (number,) = send()
    change(number, status="done", lease_until=None, finished_at=func.now() - timedelta(days=31))
    with transaction() as session:
        ledger.forget_done(session, timedelta(days=30))
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        assert session.scalar(select(Event.name)) == "submission.received"


def test_a_job_names_numbers_and_nothing_of_the_content(contributor: Contributor) -> None:
    contributor.submit(b"picture", title="Planted", contact="Planted")
    with transaction() as session:
        rows = session.execute(text("SELECT jobs::text FROM jobs")).scalars().all()
    assert len(rows) == 2
    assert not any("Planted" in row or contributor.receipt in row for row in rows)
