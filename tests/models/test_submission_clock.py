"""Claims and waiting times are judged by the database's clock, and alike by an instance and by SQL."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, inspect, not_, select, update
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.models import Editor, Submission

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)


def read(session: Session, **values: Any) -> Submission:
    """Set columns of the only submission, and read it again."""
    session.execute(update(Submission).values(**values).execution_options(synchronize_session=False))
    return session.scalars(select(Submission).execution_options(populate_existing=True)).one()


def in_sql(session: Session, condition: Any) -> bool:
    return session.scalars(select(func.count()).select_from(Submission).where(condition)).one() == 1


@pytest.mark.parametrize(("until", "counts"), [(func.now() + TICK, True), (func.now(), False)])
def test_a_claim_counts_until_its_moment(
    in_review: Submission, editor: Editor, until: ColumnElement[Any], *, counts: bool
) -> None:
    with transaction() as session:
        found = read(session, claimed_by=editor.id, claimed_until=until)
        assert found.is_claimed is counts
        assert in_sql(session, Submission.is_claimed) is counts
        assert in_sql(session, not_(Submission.is_claimed)) is not counts


def test_what_nobody_claimed_is_not_claimed(in_review: Submission) -> None:
    with transaction() as session:
        assert not read(session, flagged=False).is_claimed
        assert in_sql(session, not_(Submission.is_claimed))


def test_an_instance_learns_the_clock_without_a_query_and_keeps_it(in_review: Submission) -> None:
    with transaction() as session:
        found = read(session, flagged=False)
        assert found.read_at == session.scalars(select(func.now())).one()
        found.flagged = True
        session.flush()
        assert "read_at" not in inspect(found).unloaded


@pytest.mark.parametrize("more", [timedelta(), TICK])
def test_waiting_is_counted_to_the_moment(in_review: Submission, more: timedelta) -> None:
    with transaction() as session:
        found = read(session, waiting_since=func.now() - DAY - more)
        assert found.has_waited(DAY) is bool(more)
        assert in_sql(session, Submission.has_waited(DAY)) is bool(more)


@pytest.mark.parametrize(
    ("allowed", "overdue"),
    [
        ({"": 2 * DAY}, False),
        ({"": DAY}, True),
        ({"": 2 * DAY, "News": DAY}, True),
        ({"": DAY, "News": 2 * DAY}, False),
        ({"": DAY, "Opinion": 2 * DAY}, True),
    ],
)
def test_each_section_has_its_own_time(
    in_review: Submission, allowed: dict[str, timedelta], *, overdue: bool
) -> None:
    with transaction() as session:
        found = read(session, waiting_since=func.now() - DAY - TICK)
        assert found.is_overdue(allowed) is overdue
        assert in_sql(session, Submission.is_overdue(allowed)) is overdue


def test_only_what_waits_for_the_desk_is_overdue(in_review: Submission) -> None:
    with transaction() as session:
        found = read(session, status="withdrawn", waiting_since=func.now() - DAY)
        assert not found.is_overdue({"": TICK})
        assert not in_sql(session, Submission.is_overdue({"": TICK}))
