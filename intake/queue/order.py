"""Order of the queue, and positions of pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, true, tuple_

from intake.models import Submission
from intake.paging import parse_cursor

SORT_COLUMNS = {
    "waiting": "waiting_since",
    "newest": "received_at",
    "oldest": "received_at",
    "due": "due_at",
}
"""Sort order → column of a submission. Lists by due date have only submissions with a due date."""

Rows = TypeVar("Rows", bound="Select[*tuple[Any, ...]]")


@dataclass(frozen=True)
class Order:
    """Sort order (one of filters.SORTS), and the position of a page.

    `after` is the (sort time, arrival) of the last row before the page, or None for the first page. They are values
    or SQL expressions. `backwards` reverses the order.
    """

    sort: str
    after: tuple[Any, Any] | None = None
    backwards: bool = False

    @classmethod
    def parse(cls, sort: str, after: str) -> "Order":
        """Build an order from query parameters. An invalid cursor `after` means the first page."""
        return cls(sort, parse_cursor(after))

    @property
    def at(self) -> ColumnElement[datetime]:
        """Column that submissions are sorted by. Submissions with the same time are sorted by `arrival`."""
        return getattr(Submission, SORT_COLUMNS[self.sort]).expression  # type: ignore[no-any-return]

    def page(self, query: Rows, limit: int) -> Rows:
        """Limit a query to the first `limit` submissions after the position `after`."""
        at, arrival = self.at, Submission.arrival.expression
        return query.where(self.after_cursor(at, arrival)).order_by(*self.columns(at, arrival)).limit(limit)

    def after_cursor(self, at: ColumnElement[Any], arrival: ColumnElement[Any]) -> ColumnElement[bool]:
        """Build the condition that a row with columns `at` and `arrival` comes after the position `after`."""
        if not self.after:
            return true()
        place, last = tuple_(at, arrival), tuple_(*self.after, types=[at.type, arrival.type])
        return place < last if self._descending else place > last

    def columns(self, at: ColumnElement[Any], arrival: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
        """Return the ORDER BY expressions for these columns."""
        return [column.desc() if self._descending else column.asc() for column in (at, arrival)]

    def reversed(self, at: ColumnElement[Any], arrival: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
        """Return the ORDER BY expressions for the opposite order."""
        return [column.asc() if self._descending else column.desc() for column in (at, arrival)]

    @property
    def _descending(self) -> bool:
        return (self.sort == "newest") != self.backwards
