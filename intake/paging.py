"""Keyset pagination, and counting up to a limit.

Every page costs the same, and pages do not shift while the queue changes.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, literal, select, union_all
from sqlalchemy.orm import Session


def cursor(at: datetime, number: int) -> str:
    """Encode the sort time and number of a page's last row as an opaque string for a URL.

    Rows with the same time are ordered by their numbers.
    """
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{number}".encode()).decode().rstrip("=")


def parse_cursor(word: str) -> tuple[datetime, int] | None:
    """Decode a string from `cursor` into (sort time, number). Returns None for any other string."""
    try:
        at, _, number = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode().partition("|")
        place = datetime.fromisoformat(at), int(number)
    except (ValueError, binascii.Error):
        return None
    return place if place[0].tzinfo and 0 <= place[1] < 2**63 else None


COUNT_LIMIT = 1000


@dataclass(frozen=True)
class Count:
    """A number of rows. If `more` is true, there are at least `number` rows."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' * self.more}"

    def __add__(self, other: "Count") -> "Count":
        """Add two counts. The sum is capped at COUNT_LIMIT."""
        total = self.number + other.number
        return Count(min(total, COUNT_LIMIT), self.more or other.more or total > COUNT_LIMIT)


@dataclass(frozen=True)
class CountQuery:
    """Query whose rows are counted. If `truncated` is true, there may be more rows than the query returns."""

    query: Select[Any]
    truncated: ColumnElement[bool] = field(default_factory=false)


@dataclass(frozen=True)
class CountStatement:
    """Statement that counts the rows of several queries, each up to `most`."""

    sql: "CompoundSelect[int, int, bool]"
    most: int


def count_statement(queries: Sequence[CountQuery], most: int) -> CountStatement:
    """Build the statement that counts the rows of each query. There must be at least one query."""
    return CountStatement(union_all(*(_part(place, rows, most) for place, rows in enumerate(queries))), most)


def count_rows(session: Session, statement: CountStatement) -> list[Count]:
    """Return the count of each query, in the order of the queries."""
    most = statement.most
    rows = sorted(session.execute(statement.sql), key=lambda row: row.place)
    return [Count(min(row.number, most), row.truncated or row.number > most) for row in rows]


def _part(place: int, rows: CountQuery, most: int) -> Select[int, int, bool]:
    few = (
        rows.query.with_only_columns(literal(1), maintain_column_froms=True)
        .order_by(None)
        .limit(most + 1)
        .subquery()
    )
    return select(
        literal(place).label("place"), func.count().label("number"), rows.truncated.label("truncated")
    ).select_from(few)
