from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select, update

from intake.db import transaction
from intake.job_kinds import DISCARDABLE_KINDS, NEVER_DISCARDED
from intake.jobs import ledger, listing
from intake.jobs.job_filter import JobFilter
from intake.jobs.listing import PAGE, DiscardPreview, JobPage, KindCount, discard_preview
from intake.models import Job
from intake.paging import COUNT_LIMIT, Count
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, RunJobs
from tests.jobs.conftest import jobs
from tests.jobs.ledgering import NAME, change, fail, look, send, taken

__all__ = ["jobs"]


def page(chosen: JobFilter | None = None, after: int | None = None) -> JobPage:
    with transaction() as session:
        return listing.job_page(session, chosen or JobFilter(), after)


def would_be_discarded(chosen: JobFilter) -> DiscardPreview:
    with transaction() as session:
        return discard_preview(session, chosen)


def test_where_nothing_is_to_be_done(jobs: list[int]) -> None:
    assert page(JobFilter("dead")) == JobPage([], None, Count(0), 0, 0)


def test_how_each_stands_and_since_when(jobs: list[int]) -> None:
    send(1)
    running = taken(jobs[1])
    fail(taken(jobs[2]))
    fail(taken(jobs[3]), final=True)
    with transaction() as session:
        ledger.set_stage(session, running, "decoding")
    lines = {line.id: line for line in page().items}
    assert [(lines[n].state, lines[n].may_retry, lines[n].may_discard) for n in jobs] == [
        ("waiting", False, True),
        ("running", False, False),
        ("pausing", True, True),
        ("dead", True, True),
        ("waiting", False, True),
    ]
    assert [lines[n].at for n in jobs] == [
        look(jobs[0]).run_at,
        running.started_at,
        look(jobs[2]).run_at,
        look(jobs[3]).finished_at,
        look(jobs[4]).run_at,
    ]
    assert [(lines[n].stage, lines[n].worker) for n in jobs[1:3]] == [("decoding", NAME), (None, None)]


def test_the_counts_are_of_all_that_is_chosen(jobs: list[int]) -> None:
    for number in jobs[:2]:
        fail(taken(number), final=True)
    change(jobs[1], kind="submission.purge")
    taken(jobs[2])
    assert (page().count, page().retriable, page().discardable) == (Count(5), 2, 3)
    found = page(JobFilter("dead"))
    assert (found.count, found.retriable, found.discardable) == (Count(2), 2, 1)


def test_pages_follow_each_other_without_gap(jobs: list[int]) -> None:
    with transaction() as session:
        session.add_all(Job(kind="housekeeping.sweep", slot=f"more {n}") for n in range(2 * PAGE - 4))
    first = page()
    assert (first.count, len(first.items)) == (Count(2 * PAGE + 1), PAGE)
    with transaction() as session:
        session.add(Job(kind="housekeeping.sweep", slot="newer"))
    second = page(after=first.next)
    third = page(after=second.next)
    numbers = [line.id for one in (first, second, third) for line in one.items]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(set(numbers)), third.next) == (2 * PAGE + 1, None)


def test_a_submission_is_led_to_only_where_the_desk_has_it(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit()
    (line,) = page().items
    assert (line.submission_short, line.submission_id) == (str(contributor.submission_id)[:8], None)
    run_jobs()
    (line,) = page(JobFilter("done")).items
    assert line.submission_id == contributor.submission_id
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, contributor.submission_id)
    assert {line.submission_id for line in page(JobFilter("done")).items} == {None}


def test_a_line_shows_nothing_of_a_submissions_content(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(title="Planted", body="Planted", print_name="Planted", contact="Planted")
    run_jobs()
    assert "Planted" not in repr(page(JobFilter("done")))


def test_what_discarding_would_do_is_said_by_kind(contributor: Contributor, jobs: list[int]) -> None:
    contributor.submit(b"one", b"two")
    taken(jobs[0])
    with transaction() as session:
        session.execute(update(Job).where(Job.kind == "text.screen").values(run_at=func.now()))
    found = would_be_discarded(JobFilter())
    assert found.possible == [
        KindCount("housekeeping.sweep", 4, DISCARDABLE_KINDS["housekeeping.sweep"]),
        KindCount("photo.clean", 2, DISCARDABLE_KINDS["photo.clean"]),
    ]
    assert found.kept == [KindCount("text.screen", 1, NEVER_DISCARDED["text.screen"])]
    assert found.count == page().discardable == 6
    assert would_be_discarded(replace(JobFilter(), queue="text")).count == 0


@pytest.mark.parametrize("kind", ["next.version"])
def test_what_this_version_does_not_know_it_does_not_discard(jobs: list[int], kind: str) -> None:
    change(jobs[0], kind=kind)
    (kept,) = would_be_discarded(JobFilter(kind=kind)).kept
    assert kept.says == "This version does not know the consequence."
    with transaction() as session:
        assert session.scalar(select(func.count()).where(Job.kind == kind)) == 1


def test_what_is_done_is_counted_no_further_than_people_read(jobs: list[int]) -> None:
    with transaction() as session:
        done = {"kind": "housekeeping.sweep", "status": "done", "finished_at": datetime.now(UTC)}
        session.execute(insert(Job), [{**done, "slot": f"done {n}"} for n in range(COUNT_LIMIT + 1)])
    found = page(JobFilter("done"))
    assert (found.count, found.retriable, found.discardable) == (Count(COUNT_LIMIT, more=True), 0, 0)
