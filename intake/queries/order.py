"""The order of the queue, and where in it a page begins."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, true, tuple_

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
