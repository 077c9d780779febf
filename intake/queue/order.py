"""The order of the queue, and where in it a page begins."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select, true, tuple_
from sqlalchemy.orm import Session

from intake.models import Submission
from intake.paging import parse

Rows = TypeVar("Rows", bound="Select[*tuple[Any, ...]]")


@dataclass(frozen=True)
class Order:
    """One of filters.SORTS, after a place or from the beginning."""

    sort: str
    after: tuple[datetime, uuid.UUID] | None = None

    @classmethod
    def parse(cls, sort: str, after: str) -> "Order":
        """`after` is a cursor; what is none is the beginning."""
        return cls(sort, parse(after))

    @property
    def at(self) -> ColumnElement[datetime]:
        """The time that submissions are ordered by; where two have the same, their ids decide."""
        column = Submission.waiting_since if self.sort == "waiting" else Submission.received_at
        return column.expression

    def page(self, query: Rows, limit: int) -> Rows:
        """The first `limit` of the submissions that are selected."""
        at, ident = self.at, Submission.id.expression
        return query.where(self.beyond(at, ident)).order_by(*self.columns(at, ident)).limit(limit)

    def beyond(self, at: ColumnElement[Any], ident: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a row with these two columns comes after the place."""
        if not self.after:
            return true()
        place = tuple_(at, ident)
        return place < self.after if self._falls else place > self.after

    def columns(self, at: ColumnElement[Any], ident: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
        """What to order by where the two columns have other names."""
        return [column.desc() if self._falls else column.asc() for column in (at, ident)]

    def reversed(self, at: ColumnElement[Any], ident: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
        """The same backwards."""
        return [column.asc() if self._falls else column.desc() for column in (at, ident)]

    @property
    def _falls(self) -> bool:
        return self.sort == "newest"


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
    return Neighbours(
        session.scalar(_waiting().where(place < mine).order_by(*backwards)),
        session.scalar(_waiting().where(place > mine).order_by(*PLACE)),
    )


PLACE = (Submission.waiting_since, Submission.id)


def _waiting() -> Select[uuid.UUID]:
    return select(Submission.id).where(Submission.lane == "ours").limit(1)
