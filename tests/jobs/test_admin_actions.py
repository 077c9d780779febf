from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.errors import IneligibleJobs, JobCountChanged, NotFound
from intake.job_kinds import DISCARDABLE_KINDS, JOB_KINDS, NEVER_DISCARDED
from intake.jobs.admin_actions import discard, retry
from intake.jobs.job_filter import JobFilter
from intake.models import BatchItem, Decision, Editor, Event, Job, Photo, Submission
from tests.cast import Contributor, RunJobs
from tests.decisions.test_batch import asked, waiting
from tests.jobs.ledgering import change, fail, look, send, statuses, taken
from tests.stored import paths
from tests.together import at_once

__all__ = ["waiting"]

DEAD = JobFilter("dead")


def named(*numbers: int) -> JobFilter:
    return JobFilter(ids=numbers)


def again(chosen: JobFilter, actor: Editor | None = None, reason: str = "") -> int:
    with transaction() as session:
        return retry(session, chosen, actor, reason)


def leave(chosen: JobFilter, actor: Editor | None = None, expected: int | None = None) -> int:
    with transaction() as session:
        return discard(session, chosen, "Not needed", actor, expected)


def events(name: str) -> list[Event]:
    with transaction() as session:
        return list(session.scalars(select(Event).where(Event.name == name).order_by(Event.id)))


def kill(*kinds: str) -> list[int]:
    """Mark the jobs of these kinds as dead. Returns their ids."""
    values = {"status": "dead", "error": "ValueError", "attempts": 10, "finished_at": func.now()}
    with transaction() as session:
        gone = update(Job).where(Job.kind.in_(kinds)).values(**values).returning(Job.id)
        return sorted(session.scalars(gone))


@pytest.fixture
def dead(jobs: list[int]) -> list[int]:
    """Ids of three dead jobs. Two other jobs are waiting."""
    for number in jobs[:3]:
        fail(taken(number), final=True)
    return jobs[:3]


def test_an_admin_runs_a_dead_job_again(contributor: Contributor, admin: Editor) -> None:
    contributor.submit()
    (number,) = send()
    fail(taken(number), final=True)
    assert again(named(number), admin, "The disk is back") == 1
    job = look(number)
    assert (job.status, job.attempts, job.finished_at) == ("pending", 0, None)
    assert send() == [number]
    (event,) = events("job.retried")
    assert event.editor_id == admin.id
    assert event.data == {"kind": "text.screen", "jobs": [number], "reason": "The disk is back"}
    assert event.submission_id == contributor.submission_id


def test_all_that_a_filter_chooses_are_run_again(dead: list[int], jobs: list[int], admin: Editor) -> None:
    change(dead[1], error="KeyError")
    assert again(JobFilter("dead", error="ValueError"), admin, "Mended") == 2
    assert statuses() == ["pending", "dead", "pending", "pending", "pending"]
    assert [look(number).attempts for number in jobs] == [0, 1, 0, 0, 0]
    (event,) = events("jobs.retried")
    text = {"filter": {"status": "dead", "error": "ValueError"}, "count": 2, "reason": "Mended"}
    assert event.data == {**text, "jobs": [dead[0], dead[2]]}
    assert event.editor_id == admin.id


def test_they_line_up_behind_what_waits(dead: list[int], jobs: list[int]) -> None:
    again(DEAD)
    assert send() == jobs[3:] + dead


def test_what_pauses_after_a_failure_is_tried_at_once(jobs: list[int]) -> None:
    fail(taken(jobs[0]))
    assert again(JobFilter("pausing")) == 1
    assert look(jobs[0]).attempts == 1
    assert jobs[0] in send()


def test_what_waits_for_its_time_is_not_hurried(contributor: Contributor, jobs: list[int]) -> None:
    """If it ran early, the job would find that its decision is not due, and end without settling it."""
    change(jobs[0], run_at=func.now() + timedelta(hours=1))
    assert again(JobFilter()) == 0
    with pytest.raises(IneligibleJobs, match=f"Job {jobs[0]}: It is waiting already."):
        again(named(jobs[0]))
    assert events("jobs.retried") == []


def test_of_jobs_that_are_named_all_are_run_again_or_none(dead: list[int], jobs: list[int]) -> None:
    with pytest.raises(IneligibleJobs) as refused:
        again(named(*dead, jobs[3]))
    assert refused.value.why == {jobs[3]: "It is waiting already."}
    with pytest.raises(NotFound):
        again(named(*dead, 10**9))
    assert statuses()[:3] == ["dead"] * 3
    assert again(named(*dead)) == 3
    assert events("jobs.retried")[0].data["filter"] == {}


@pytest.mark.parametrize(
    ("status", "says"),
    [("running", "It is running."), ("done", "It is done."), ("discarded", "It was discarded.")],
)
def test_what_cannot_be_run_again_says_why(jobs: list[int], status: str, says: str) -> None:
    if status == "running":
        taken(jobs[0])
    else:
        change(jobs[0], status=status, finished_at=func.now())
    with pytest.raises(IneligibleJobs) as refused:
        again(named(jobs[0]))
    assert refused.value.why == {jobs[0]: says}


def test_of_two_who_retry_at_once_one_does(dead: list[int]) -> None:
    answers = at_once(*[lambda: again(DEAD)] * 3)
    assert sorted(answers) == [0, 0, 3]  # type: ignore[type-var]
    assert len(events("jobs.retried")) == 1


def test_every_kind_of_work_says_whether_it_may_be_left_undone() -> None:
    assert DISCARDABLE_KINDS.keys() | NEVER_DISCARDED.keys() == JOB_KINDS.keys()
    assert DISCARDABLE_KINDS.keys().isdisjoint(NEVER_DISCARDED)


def test_what_is_left_undone_is_over_and_says_who_and_why(
    dead: list[int], jobs: list[int], admin: Editor
) -> None:
    assert leave(JobFilter(), admin) == 5
    assert set(statuses()) == {"discarded"}
    assert send() == []
    (event,) = events("jobs.discarded")
    assert event.data == {"filter": {}, "count": 5, "jobs": jobs, "reason": "Not needed"}
    assert event.editor_id == admin.id


def test_a_job_that_was_sent_is_not_run_once_it_is_discarded(jobs: list[int], run_jobs: RunJobs) -> None:
    from workers import runner

    assert send(1) == [jobs[0]]
    leave(named(jobs[0]))
    runner.run(jobs[0])
    assert look(jobs[0]).status == "discarded"


def test_what_runs_is_not_taken_away(jobs: list[int]) -> None:
    taken(jobs[0])
    assert leave(JobFilter()) == 4
    with pytest.raises(IneligibleJobs, match=r"It is running\. Only"):
        leave(named(jobs[0]))


@pytest.mark.parametrize("kind", [*NEVER_DISCARDED, "next.version"])
def test_what_must_be_done_is_kept(jobs: list[int], kind: str) -> None:
    change(jobs[0], kind=kind, status="dead", error="ValueError", finished_at=func.now())
    with pytest.raises(IneligibleJobs) as refused:
        leave(named(jobs[0]))
    assert refused.value.why[jobs[0]] in {
        NEVER_DISCARDED.get(kind),
        "This version does not know the consequence.",
    }
    assert leave(JobFilter("dead")) == 0
    assert events("jobs.discarded") == []


def test_nobody_discards_more_than_they_agreed_to(dead: list[int]) -> None:
    with pytest.raises(JobCountChanged) as refused:
        leave(DEAD, expected=2)
    assert refused.value.count == 3
    assert statuses()[:3] == ["dead"] * 3
    assert leave(DEAD, expected=3) == 3


@pytest.fixture
def stuck(contributor: Contributor, run_jobs: RunJobs) -> int:
    """Id of a job that failed to clean a photo. The text of its submission is clean."""
    contributor.submit(b"picture")
    (number,) = kill("photo.clean")
    run_jobs()
    return number


def submission(contributor: Contributor) -> Submission:
    with transaction() as session:
        return session.get_one(Submission, contributor.submission_id)


def test_a_submission_continues_without_a_photo_that_is_given_up(
    stuck: int, contributor: Contributor, admin: Editor, run_jobs: RunJobs
) -> None:
    assert submission(contributor).status == "received"
    leave(named(stuck), admin)
    assert submission(contributor).status == "in_review"
    assert submission(contributor).flagged
    with transaction() as session:
        photo = session.scalars(select(Photo)).one()
    assert (photo.status, photo.reason, photo.original_key) == ("refused", "could_not_be_processed", None)
    (event,) = events("photo.given_up")
    assert (event.editor_id, event.photo_id) == (admin.id, photo.id)
    (event,) = events("job.discarded")
    assert event.submission_id == contributor.submission_id
    assert paths("quarantine") != []
    assert run_jobs() == ["photo.delete"]
    assert paths("quarantine") == []


def test_the_same_where_it_is_one_of_many(stuck: int, contributor: Contributor, run_jobs: RunJobs) -> None:
    assert leave(JobFilter("dead", kind="photo.clean")) == 1
    assert submission(contributor).status == "in_review"
    assert run_jobs() == ["photo.delete"]


def test_a_worker_that_was_believed_dead_brings_nothing_back(
    stuck: int, contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker finishes after the photo was given up. Its copies are deleted, and the photo stays refused."""
    from tests.workers.tasks.test_screening import COPIES
    from workers.tasks import screening

    def meanwhile(_: bytes, **_limits: object) -> Any:
        leave(named(stuck))
        return COPIES

    monkeypatch.setattr("intake.photos.clean_photo", meanwhile)
    screening.clean_photo(look(stuck))
    assert paths("clean") == paths("quarantine") == []
    with transaction() as session:
        assert session.scalars(select(Photo.status)).one() == "refused"


def test_what_is_decided_of_a_batch_takes_effect_and_the_rest_is_left(
    waiting: Callable[..., Any], editor: Editor, run_jobs: RunJobs
) -> None:
    first, second = waiting(2)
    asked(editor, [first, second])
    with transaction() as session:
        from intake.decisions.batch import decide_item

        decide_item(session, 1, first[0])
    (number,) = kill("batch.run")
    leave(named(number))
    with transaction() as session:
        items = session.scalars(select(BatchItem).order_by(BatchItem.position)).all()
        assert [(item.outcome, item.problem) for item in items] == [("done", None), ("refused", "given_up")]
        session.execute(
            update(Submission).values(settles_at=func.now()).where(Submission.settles_at.is_not(None))
        )
        session.execute(update(Decision).values(settles_at=func.now()).where(Decision.state == "taken"))
    with transaction() as session:
        session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))
    run_jobs()
    with transaction() as session:
        found = [session.get_one(Submission, ident).status for ident, _ in (first, second)]
    assert found == ["rejected", "in_review"]
