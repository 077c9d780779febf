"""Times of contributors' acts, which are stored to the day or to half a day (`Settings.grain`), and SQL for them.

An exact time would help to find the person who was online at that time. The order of submissions within a day comes from
`Submission.arrival`.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Interval, bindparam, case, func, literal, literal_column

from intake.db import AwareDateTime
from intake.settings import settings

FINEST = timedelta(hours=12)
"""Shortest grain. All times within a span of this length are stored as the same value. Longer grains are multiples."""

ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""Reference point: each span of time begins a multiple of its length before or after it."""

SERVER_DEFAULT = "date_bin('24 hours', now(), '2000-01-01 00:00:00+00')"
"""Column default in the database, for rows not written by Transom's code. The database does not know the setting."""


_SPAN_START = "date_bin('12 hours', {}, '2000-01-01 00:00:00+00')"


def is_coarse_moment(at: datetime) -> bool:
    """Return whether a stored time says only the day or the half day.

    An exact time that happens to be the beginning of a span counts as coarse. The chance is one in forty billion.
    """
    return not (at - ORIGIN) % FINEST


def exact_sql(column: str) -> str:
    """Return the SQL of the condition that the time in a column is exact, for an index."""
    return f"{column} <> {_SPAN_START.format(column)}"


def now() -> ColumnElement[datetime]:
    """Return the present time, rounded down to the precision of the setting `time_grain`.

    Use this instead of `func.now()` for any act of a contributor.
    This includes the acts of workers that follow an act of a contributor within seconds.
    """
    return to_grain(func.now())


def to_grain(at: ColumnElement[datetime] | ColumnElement[datetime | None]) -> ColumnElement[datetime]:
    """Return the beginning of the span in which a time lies."""
    return func.date_bin(_grain(), at, literal(ORIGIN, AwareDateTime), type_=AwareDateTime)


def is_coarse(at: ColumnElement[datetime] | ColumnElement[datetime | None]) -> ColumnElement[bool]:
    """Return the condition that a stored time says only the day or the half day."""
    # Constants instead of parameters, so that an index with the condition `exact_sql` can be used.
    span: ColumnElement[timedelta] = literal_column("'12 hours'")
    origin: ColumnElement[datetime] = literal_column("'2000-01-01 00:00:00+00'")
    return at == func.date_bin(span, at, origin)


def latest(at: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """Return the latest time that a stored time can stand for: the end of the span for a coarse time."""
    return case((is_coarse(at), at + _grain()), else_=at)


def _grain() -> BindParameter[timedelta]:
    # The setting is read when the statement runs, because tables are defined before the settings are read.
    return bindparam("grain", callable_=lambda: settings().grain, type_=Interval(), unique=True)
