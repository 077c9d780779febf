"""API to read the calendar of publications."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.permissions.reach import reach_of
from intake.publishing import calendar
from intake.publishing.calendar import CalendarEntry
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.fields import OneOf, Url
from intake.web.api.operation import operation
from intake.web.api.request_body import InvalidBody, QueryString
from intake.web.api.serialize import below, shared, whole
from intake.web.token_auth import editor

__all__ = ["bp"]

NO_WEEK = "Give a week as 2026-W49, from 2000-W01 to 2199-W52."


class WeekQuery(QueryString):
    """Week of the calendar."""

    week: Annotated[
        str, Field(description="ISO 8601 week, such as 2026-W49. Without it, the present week in UTC.")
    ] = ""


@dataclass(frozen=True)
class EntryAnswer(CalendarEntry):
    """Submission in the calendar."""

    state: Annotated[
        str,
        OneOf(calendar.ENTRY_STATES),
        Field(
            description="scheduled: its embargo has not ended. due: it has, and it is not published. Else it was published."
        ),
    ]
    url: Url


@dataclass(frozen=True)
class DayAnswer:
    """Day in UTC, with its submissions by time."""

    date: date
    entries: list[EntryAnswer]


@dataclass(frozen=True)
class WeekAnswer:
    """Week from Monday to Sunday."""

    week: str
    days: list[DayAnswer]
    truncated: Annotated[bool, Field(description=f"There are more than {calendar.MOST} submissions.")]
    previous: Url | None
    next: Url | None


@bp.get("/calendar")
@program_requires("submission.read")
@operation(
    "readCalendar",
    "A week of the calendar: what is scheduled, and what was published.",
    refusals={422: "No such week."},
)
def week(query: WeekQuery) -> WeekAnswer:
    """Return a week with the submissions that the owner of the token may see."""
    monday = calendar.monday_of(query.week) if query.week else calendar.this_monday()
    if monday is None:
        raise InvalidBody({"week": [NO_WEEK]})
    with transaction() as session:
        found = calendar.week(session, monday, reach_of(editor()))
    return WeekAnswer(
        found.name,
        [DayAnswer(day.date, [_entry(one) for one in day.entries]) for day in found.days],
        found.truncated,
        _address(found.before),
        _address(found.after),
    )


def _entry(one: CalendarEntry) -> EntryAnswer:
    return EntryAnswer(**shared(CalendarEntry, one), url=whole(one.id))


def _address(monday: date | None) -> str | None:
    return below("week", week=calendar.week_name(monday)) if monday else None
