"""Calendar of publications: for each day of a week, the submissions that may appear and those that appeared."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from intake.models import Submission
from intake.models.lookup import titles
from intake.permissions.reach import EVERYTHING, Reach

DAYS = 7
ENTRY_STATES = ("scheduled", "due", "published", "corrected", "retracted")
MOST = 500
"""Largest number of entries in a week. A busy magazine publishes some dozens."""
FIRST, LAST = date(2000, 1, 3), date(2199, 12, 23)
"""Mondays of the first and the last week that can be shown."""


@dataclass(frozen=True)
class CalendarEntry:
    """Submission in the calendar.

    `state` is "scheduled" until its embargo ends, "due" if it may appear since then, and "published", "corrected" or
    "retracted" once it was published. `at` is the end of the embargo, or the time of the publication, in UTC.
    """

    id: uuid.UUID
    title: str
    section: str
    language: str
    state: str
    at: datetime
    published_url: str | None


@dataclass(frozen=True)
class CalendarDay:
    """Day of the calendar in UTC, with its entries by time."""

    date: date
    entries: list[CalendarEntry]


@dataclass(frozen=True)
class CalendarWeek:
    """Week from Monday to Sunday in UTC. `truncated` is true if there are more than MOST entries.

    `before` and `after` are the Mondays of the previous and next week, or None at the ends of the calendar.
    """

    days: list[CalendarDay]
    truncated: bool

    @property
    def monday(self) -> date:
        """First day."""
        return self.days[0].date

    @property
    def name(self) -> str:
        """ISO 8601 name of the week, such as `2026-W49`."""
        return week_name(self.monday)

    @property
    def before(self) -> date | None:
        """Monday of the week before."""
        return self.monday - timedelta(days=DAYS) if self.monday > FIRST else None

    @property
    def after(self) -> date | None:
        """Monday of the week after."""
        return self.monday + timedelta(days=DAYS) if self.monday < LAST else None

    @property
    def is_empty(self) -> bool:
        """Return whether no day has an entry."""
        return not any(day.entries for day in self.days)


def week_name(day: date) -> str:
    """Return the ISO 8601 name of the week of a day, such as `2026-W49`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(name: str) -> date | None:
    """Return the Monday of an ISO week such as `2026-W49`, or None if that is no week of the calendar."""
    year, separator, week = name.partition("-W")
    if not (
        separator
        and len(year) == 4
        and len(week) == 2
        and (year + week).isascii()
        and (year + week).isdigit()
    ):
        return None
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None
    return monday if FIRST <= monday <= LAST else None


def today() -> date:
    """Return the present day in UTC."""
    return datetime.now(UTC).date()


def this_monday() -> date:
    """Return the Monday of the present week in UTC."""
    return today() - timedelta(days=today().weekday())


def week(session: Session, monday: date, reach: Reach = EVERYTHING) -> CalendarWeek:
    """Return the week that begins on a Monday, with the submissions within `reach`. Runs two queries."""
    begin = datetime.combine(monday, time(), UTC)
    end = begin + timedelta(days=DAYS)
    appeared = and_(
        Submission.status.in_(("published", "retracted")),
        Submission.published_at >= begin,
        Submission.published_at < end,
    )
    planned = and_(
        Submission.status == "accepted", Submission.embargo_until >= begin, Submission.embargo_until < end
    )
    query = (
        select(Submission)
        .where(or_(appeared, planned), *reach.conditions())
        .order_by(Submission.arrival)
        .limit(MOST + 1)
    )
    found = session.scalars(query).all()
    named = titles(session, [one.id for one in found[:MOST]])
    entries = sorted(
        (_entry(one, named.get(one.id, "")) for one in found[:MOST]), key=lambda one: (one.at, str(one.id))
    )
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    return CalendarWeek(
        [CalendarDay(day, [one for one in entries if one.at.date() == day]) for day in days],
        len(found) > MOST,
    )


def _entry(submission: Submission, title: str) -> CalendarEntry:
    if submission.status == "accepted":
        state, at = "scheduled" if submission.is_embargoed else "due", submission.embargo_until
    elif submission.status == "retracted":
        state, at = "retracted", submission.published_at
    else:
        state, at = "corrected" if submission.corrected_at else "published", submission.published_at
    assert at is not None  # noqa: S101 - the query found the submission by this time
    return CalendarEntry(
        submission.id,
        title,
        submission.section,
        submission.language,
        state,
        at.astimezone(UTC),
        submission.published_url,
    )
