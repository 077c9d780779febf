import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.db import transaction
from intake.models import Editor, Submission
from intake.permissions.reach import NOTHING, Reach
from intake.publishing import calendar
from intake.publishing.amend import correct, retract
from intake.publishing.calendar import FIRST, LAST, CalendarEntry, CalendarWeek, monday_of, week, week_name
from tests.cast import Contributor
from tests.publishing.test_accepted import accept, appear, sent
from tests.statements import statements

MONDAY = date(2026, 11, 30)
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)


def found(reach: Reach | None = None, monday: date = MONDAY) -> CalendarWeek:
    with transaction() as session:
        return week(session, monday, reach or Reach())


def entries(shown: CalendarWeek) -> list[CalendarEntry]:
    return [one for day in shown.days for one in day.entries]


def change(number: uuid.UUID, **values: object) -> None:
    with transaction() as session:
        one = session.get_one(Submission, number)
        for name, value in values.items():
            setattr(one, name, value)


@pytest.fixture
def one(contributor: Contributor, editor: Editor) -> uuid.UUID:
    """Accepted submission without an embargo."""
    number = sent(contributor, "One")
    accept(number, editor)
    return number


def test_weeks_have_names_and_neighbours() -> None:
    assert week_name(MONDAY) == week_name(date(2026, 12, 6)) == "2026-W49"
    assert monday_of("2026-W49") == MONDAY
    assert monday_of("2027-W01") == date(2027, 1, 4)
    assert [monday_of(week_name(day)) for day in (FIRST, LAST)] == [FIRST, LAST]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2026",
        "2026-49",
        "2026-W54",
        "2026-W0",
        "1999-W52",
        "2200-W01",
        "٢٠٢٦-W٤٩",
        "2026-W4x",
        "-001-W01",
    ],
)
def test_what_is_no_week_is_none(name: str) -> None:
    assert monday_of(name) is None


def test_this_week_begins_on_a_monday() -> None:
    assert calendar.this_monday().weekday() == 0
    assert timedelta() <= calendar.today() - calendar.this_monday() < timedelta(days=7)


def test_an_empty_week_has_seven_days(one: uuid.UUID) -> None:
    shown = found()
    assert shown.is_empty
    assert [day.date.day for day in shown.days] == [30, 1, 2, 3, 4, 5, 6]
    assert (shown.name, shown.before, shown.after) == ("2026-W49", date(2026, 11, 23), date(2026, 12, 7))
    assert (found(monday=FIRST).before, found(monday=LAST).after) == (None, None)


def test_an_embargo_is_a_day_in_the_calendar(one: uuid.UUID) -> None:
    ends = datetime.now(UTC) + timedelta(days=30)
    change(one, embargo_until=ends)
    monday = ends.date() - timedelta(days=ends.weekday())
    (entry,) = entries(found(monday=monday))
    assert (entry.state, entry.title, entry.at, entry.section) == ("scheduled", "One", ends, "News")
    change(one, embargo_until=datetime(2020, 1, 8, 9, tzinfo=UTC))
    (entry,) = entries(found(monday=date(2020, 1, 6)))
    assert entry.state == "due"


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (datetime(2026, 11, 29, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 30, tzinfo=UTC), True),
        (datetime(2026, 12, 6, 23, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 7, tzinfo=UTC), False),
    ],
)
def test_a_week_ends_with_sunday_in_utc(one: uuid.UUID, editor: Editor, at: datetime, inside: bool) -> None:
    appear(one, editor)
    change(one, published_at=at)
    assert bool(entries(found())) is inside


def test_what_appeared_says_what_became_of_it(one: uuid.UUID, editor: Editor) -> None:
    appear(one, editor)
    change(one, published_at=NOON)
    (entry,) = found().days[2].entries
    assert (entry.state, entry.published_url) == ("published", "https://m.example/1")
    with transaction() as session:
        version = session.get_one(Submission, one).version
        correct(session, one, editor, version, "A name", MONDAY)
    assert entries(found())[0].state == "corrected"
    with transaction() as session:
        retract(session, one, editor, version + 1, "Why")
    assert entries(found())[0].state == "retracted"


def test_nobody_sees_more_than_the_own_sections(one: uuid.UUID, editor: Editor) -> None:
    appear(one, editor)
    change(one, published_at=NOON)
    assert entries(found(Reach(sections=("News",))))
    assert not entries(found(Reach(sections=("Opinion",))))
    assert not entries(found(Reach(languages=("ru",))))
    assert not entries(found(NOTHING))


def test_what_waits_for_a_decision_is_not_there(contributor: Contributor) -> None:
    number = sent(contributor, "Waiting")
    change(number, embargo_until=NOON)
    assert found().is_empty


def test_a_very_full_week_says_so_and_needs_three_queries(
    contributor: Contributor, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("One", "Two", "Three"):
        number = sent(contributor, title)
        accept(number, editor)
        change(number, embargo_until=NOON)
    with statements() as sent_statements:
        shown = found()
    assert (len(entries(shown)), shown.truncated, len(sent_statements)) == (3, False, 3)
    monkeypatch.setattr(calendar, "MOST", 2)
    shown = found()
    assert (len(entries(shown)), shown.truncated) == (2, True)
