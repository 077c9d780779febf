"""What comes next in the queue."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from intake.models import Submission


@dataclass(frozen=True)
class Neighbours:
    """The submissions before and after one among those that wait for us, the longest waiting first."""

    before: uuid.UUID | None
    after: uuid.UUID | None


def next_waiting(session: Session, *, but: uuid.UUID) -> uuid.UUID | None:
    """The one that has waited for us the longest, other than `but`, or None."""
    return session.scalar(_waiting().where(Submission.id != but).order_by(*PLACE))


def neighbours(session: Session, submission_id: uuid.UUID) -> Neighbours:
    """Who stands beside a submission; one that does not wait itself has neighbours by its time all the same."""
    here = select(Submission.waiting_since, Submission.id).where(Submission.id == submission_id).subquery()
    # Two values, not one row: only those are looked up in an index.
    mine = tuple_(select(here.c.waiting_since).scalar_subquery(), select(here.c.id).scalar_subquery())
    place = tuple_(*PLACE)
    backwards = [column.desc() for column in PLACE]
    before = _waiting().where(place < mine).order_by(*backwards)
    after = _waiting().where(place > mine).order_by(*PLACE)
    return Neighbours(*session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one())


PLACE = (Submission.waiting_since, Submission.id)


def _waiting() -> Select[uuid.UUID]:
    return select(Submission.id).where(Submission.lane == "ours").limit(1)
