from datetime import timedelta

import pytest
from sqlalchemy import func, text

from intake.db import transaction
from intake.job_kinds import JOB_KINDS, QUEUES
from intake.jobs import ledger
from intake.jobs.ledger import MAX_ATTEMPTS, SENT_LEASE
from intake.models import Job, Pause
from tests.cast import Contributor
from tests.jobs.ledgering import NAME, ahead, change, fail, look, send, statuses, take, taken
from tests.together import at_once, second_waits


def test_due_jobs_are_sent_oldest_first_up_to_the_limit(jobs: list[int]) -> None:
    assert send(2) == jobs[:2]
    assert statuses() == ["sent", "sent", "pending", "pending", "pending"]


def test_who_is_silent_for_too_long_loses_the_job(jobs: list[int]) -> None:
    with transaction() as session:
        assert [due.id for due in ledger.send_due(session, 1)] == jobs[:1]
        assert ahead(session, jobs[0], "lease_until") == SENT_LEASE
    with transaction() as session:
        ledger.take(session, jobs[0], NAME)
        assert ahead(session, jobs[0], "lease_until") == ledger.lease_for(JOB_KINDS["housekeeping.sweep"])


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
    """The second relay skips jobs locked by the first, without waiting."""
    with transaction() as first:
        assert [due.id for due in ledger.send_due(first, 2)] == jobs[:2]
        with transaction() as second:
            second.execute(text("SET LOCAL lock_timeout = '10s'"))
            assert [due.id for due in ledger.send_due(second, 2)] == jobs[2:4]
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
    """This check also covers a message that arrives after the job's lease expired and before the job is sent again."""
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
    # 2, 4, 8 … seconds, and up to 50 % more.
    assert all(2**attempt <= pause <= 2**attempt * 1.5 for attempt, pause in enumerate(pauses, start=1))


def test_a_hopeless_job_is_dead_at_once(jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    assert statuses()[0] == "dead"


def test_each_queue_has_a_limit_of_its_own_and_a_full_one_gets_nothing(jobs: list[int]) -> None:
    for number in jobs[:2]:
        change(number, queue="text")
    with transaction() as session:
        assert [(due.queue, due.id) for due in ledger.send_due(session, 1, full={"photos"})] == [
            ("text", jobs[0]),
            ("housekeeping", jobs[2]),
        ]
    with transaction() as session:
        assert ledger.send_due(session, 32, full=QUEUES) == []


def test_has_due_finds_jobs_that_had_no_room(jobs: list[int]) -> None:
    def more(*full: str) -> bool:
        with transaction() as session:
            return ledger.has_due(session, full)

    assert more()
    assert not more("housekeeping")
    send(4)
    assert more()
    with transaction() as session:
        paused = Pause(queue="housekeeping", reason="Full")
        session.add(paused)
    assert not more()
    with transaction() as session:
        session.delete(paused)
    send(5)
    assert not more()


def test_of_a_paused_queue_none_is_sent_and_its_room_is_its_own(jobs: list[int]) -> None:
    for number in jobs[:2]:
        change(number, queue="text")
    with transaction() as session:
        session.add(Pause(queue="text", reason="Full"))
    assert send(2) == jobs[2:4]


def test_one_photo_does_not_wait_for_all_of_a_submission_with_many(contributor: Contributor) -> None:
    contributor.submit(*[b"picture"] * 3)
    many = contributor.submission_id
    contributor.submit(b"picture")
    with transaction() as session:
        due = [one.id for one in ledger.send_due(session, 32) if one.queue == "photos"]
        order = [session.get_one(Job, number).submission_id for number in due]
    assert order == [many, contributor.submission_id, many, many]
