"""Order of the queue, positions of pages, and neighbours of a submission."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select, true, tuple_
from sqlalchemy.orm import Session

from intake.models import Submission
from intake.paging import parse_cursor
from intake.permissions.reach import EVERYTHING, Reach

Rows = TypeVar("Rows", bound="Select[*tuple[Any, ...]]")


@dataclass(frozen=True)
class Order:
    """Sort order (one of filters.SORTS), and the position of a page.

    `after` is the (sort time, arrival) of the last row before the page, or None for the first page.
    """

    sort: str
    after: tuple[datetime, int] | None = None

    @classmethod
    def parse(cls, sort: str, after: str) -> "Order":
        """Build an order from query parameters. An invalid cursor `after` means the first page."""
        return cls(sort, parse_cursor(after))

    @property
    def at(self) -> ColumnElement[datetime]:
        """Column that submissions are sorted by. Those of the same time are sorted by `arrival`."""
        column = Submission.waiting_since if self.sort == "waiting" else Submission.received_at
        return column.expression

    def page(self, query: Rows, limit: int) -> Rows:
        """Limit a query to the first `limit` submissions after the position `after`."""
        at, arrival = self.at, Submission.arrival.expression
        return query.where(self.after_cursor(at, arrival)).order_by(*self.columns(at, arrival)).limit(limit)

    def after_cursor(self, at: ColumnElement[Any], arrival: ColumnElement[Any]) -> ColumnElement[bool]:
        """Build the condition that a row with columns `at` and `arrival` comes after the position `after`."""
        if not self.after:
            return true()
        place = tuple_(at, arrival)
        return place < self.after if self._descending else place > self.after

    def columns(self, at: ColumnElement[Any], arrival: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
        """Return the ORDER BY expressions for these columns."""
        return [column.desc() if self._descending else column.asc() for column in (at, arrival)]

    def reversed(self, at: ColumnElement[Any], arrival: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
        """Return the ORDER BY expressions for the opposite order."""
        return [column.asc() if self._descending else column.desc() for column in (at, arrival)]

    @property
    def _descending(self) -> bool:
        return self.sort == "newest"


@dataclass(frozen=True)
class Neighbours:
    """Ids of the submissions before and after a given submission, or None.

    Only submissions in the lane "ours" count, longest waiting first.
    """

    before: uuid.UUID | None
    after: uuid.UUID | None


def next_waiting(session: Session, *, but: uuid.UUID, reach: Reach = EVERYTHING) -> uuid.UUID | None:
    """Return the submission of the lane "ours" that has waited longest, other than `but`, or None.

    Submissions beyond the reach are left out.
    """
    return session.scalar(_waiting(reach).where(Submission.id != but).order_by(*SORT_KEY))


def neighbours(session: Session, submission_id: uuid.UUID, reach: Reach = EVERYTHING) -> Neighbours:
    """Return the neighbours of a submission by its waiting time. The submission may be in another lane.

    Submissions beyond the reach are left out.
    """
    here = (
        select(Submission.waiting_since, Submission.arrival).where(Submission.id == submission_id).subquery()
    )
    # Two scalar subqueries, since PostgreSQL does not use the index for a subquery that returns a row.
    mine = tuple_(select(here.c.waiting_since).scalar_subquery(), select(here.c.arrival).scalar_subquery())
    place = tuple_(*SORT_KEY)
    backwards = [column.desc() for column in SORT_KEY]
    before = _waiting(reach).where(place < mine).order_by(*backwards)
    after = _waiting(reach).where(place > mine).order_by(*SORT_KEY)
    return Neighbours(*session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one())


SORT_KEY = (Submission.waiting_since, Submission.arrival)


def _waiting(reach: Reach) -> Select[uuid.UUID]:
    return select(Submission.id).where(Submission.lane == "ours", *reach.conditions()).limit(1)
