from datetime import timedelta

from sqlalchemy import delete, func, update

from intake.db import transaction
from intake.jobs import ledger
from intake.jobs.admin_actions import discard, retry
from intake.jobs.job_filter import JobFilter
from intake.jobs.listing import BULK_ACTIONS_AGE, BULK_ACTIONS_SHOWN, BulkAction, bulk_actions
from intake.models import Editor, Event, Job
from tests.jobs.conftest import jobs
from tests.jobs.ledgering import fail, taken
from tests.tampering import tampering

__all__ = ["jobs"]


def look() -> list[BulkAction]:
    with transaction() as session:
        return bulk_actions(session)


def test_what_became_of_those_that_were_tried_again(jobs: list[int], admin: Editor) -> None:
    for number in jobs[:4]:
        fail(taken(number), final=True)
    with transaction() as session:
        retry(session, JobFilter("dead", kind="housekeeping.sweep"), admin, "Mended")
    for number in jobs[:2]:
        with transaction() as session:
            ledger.finish(session, taken(number))
    fail(taken(jobs[2]), final=True)
    (action,) = look()
    assert (action.event, action.actor, action.count, action.why) == (
        "jobs.retried",
        "Daniel Ferreira",
        4,
        "Mended",
    )
    assert action.filter == {"status": "dead", "kind": "housekeeping.sweep"}
    assert action.now == {"done": 2, "dead": 1, "waiting": 1}
    with transaction() as session:
        session.execute(delete(Job))
    assert look()[0].now == {}


def test_the_newest_first_and_neither_many_nor_old_ones(jobs: list[int]) -> None:
    with transaction() as session:
        discard(session, JobFilter("waiting"), "Not needed")
    with tampering() as session:
        session.execute(update(Event).values(at=func.now() - BULK_ACTIONS_AGE - timedelta(minutes=1)))
    assert look() == []
    for count in range(BULK_ACTIONS_SHOWN + 1):
        with transaction() as session:
            session.add(
                Event(name="jobs.retried", data={"count": count, "reason": "", "filter": {}, "jobs": []})
            )
    assert [action.count for action in look()] == [5, 4, 3, 2, 1]


def test_one_job_alone_has_its_own_page_for_that(jobs: list[int]) -> None:
    with transaction() as session:
        discard(session, JobFilter(ids=(jobs[0],)), "Not needed")
    assert look() == []
