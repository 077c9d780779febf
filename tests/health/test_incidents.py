from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.health import incidents
from intake.health.checks import HealthReport
from intake.health.incidents import IncidentEntry, IncidentPage, count_since, forget_old, incident_page
from intake.models import Incident
from intake.settings import Settings
from tests.cast import Contributor

WELL = HealthReport(
    True, "Submissions are being processed; nothing waits.", "Submissions are being processed."
)
SECOND = timedelta(seconds=1)


def bad(cause: str = "relay", fault: str = "The relay has stopped.") -> HealthReport:
    return HealthReport(False, f"{fault} For 4 seconds.", fault, "Start it.", cause, fault)


class Clock:
    """Checks the health at chosen times."""

    def __init__(self) -> None:
        with transaction() as session:
            self.now: datetime = session.scalars(select(func.now())).one() - timedelta(days=1)

    def sees(self, report: HealthReport, after: float = 5) -> None:
        before, self.now = self.now, self.now + timedelta(seconds=after)
        with transaction() as session:
            incidents.note(session, report, self.now, before)


@pytest.fixture
def clock(app_settings: Settings) -> Clock:
    return Clock()


def log(after: int | None = None, limit: int = incidents.PAGE) -> IncidentPage:
    with transaction() as session:
        return incident_page(session, after, limit)


def told(one: IncidentEntry) -> tuple[str, int, int]:
    return one.cause, one.seconds, one.returned


def test_a_good_report_is_no_incident(clock: Clock) -> None:
    clock.sees(WELL)
    clock.sees(WELL)
    assert log() == IncidentPage([], None)


def test_an_incident_has_a_start_a_duration_and_a_cause(clock: Clock) -> None:
    clock.sees(WELL)
    clock.sees(bad())
    begun = clock.now
    (one,) = log().items
    assert (one.cause, one.fault, one.started_at, one.ended_at) == (
        "relay",
        "The relay has stopped.",
        begun,
        None,
    )
    clock.sees(bad())
    clock.sees(WELL)
    (one,) = log().items
    assert (told(one), one.ended_at) == (("relay", 10, 0), begun + 10 * SECOND)


def test_another_cause_is_another_incident(clock: Clock) -> None:
    clock.sees(bad())
    clock.sees(bad("broker", "The broker does not answer."))
    clock.sees(WELL)
    assert list(map(told, log().items)) == [("broker", 5, 0), ("relay", 5, 0)]


def test_a_fault_that_comes_back_soon_is_one_incident(clock: Clock) -> None:
    for _ in range(3):
        clock.sees(bad())
        clock.sees(WELL, 50)
    assert list(map(told, log().items)) == [("relay", 160, 2)]


def test_a_fault_that_comes_back_later_is_another_incident(clock: Clock) -> None:
    clock.sees(bad())
    clock.sees(WELL)
    for _ in range(2):
        clock.sees(WELL, 40)
    clock.sees(bad())
    assert [one.returned for one in log().items] == [0, 0]


def test_two_causes_in_turns_are_two_incidents(clock: Clock) -> None:
    for _ in range(3):
        clock.sees(bad())
        clock.sees(bad("broker", "The broker does not answer."))
    assert sorted(one.cause for one in log().items) == ["broker", "relay"]
    assert {one.cause: one.returned for one in log().items} == {"relay": 2, "broker": 2}
    clock.sees(bad())
    with transaction() as session:
        newest = incidents.latest(session)
    assert newest is not None
    assert (newest.cause, newest.ended_at) == ("relay", None), "the open one, although it began first"


def test_an_open_incident_goes_on_after_a_time_without_checks(clock: Clock) -> None:
    clock.sees(bad())
    clock.sees(bad(), 3600)
    assert [(one.cause, one.ended_at) for one in log().items] == [("relay", None)]


def test_a_time_without_checks_is_an_incident(clock: Clock) -> None:
    clock.sees(WELL)
    stopped = clock.now
    clock.sees(WELL, 3600)
    (one,) = log().items
    assert (one.cause, one.fault, one.started_at) == ("unwatched", incidents.UNWATCHED, stopped)
    assert told(one) == ("unwatched", 3600, 0)
    clock.sees(WELL, 55)
    assert len(log().items) == 1


def test_the_most_submissions_that_waited(clock: Clock, contributor: Contributor) -> None:
    clock.sees(bad())
    contributor.submit()
    contributor.submit()
    clock.sees(bad())
    with transaction() as session:
        session.execute(update(Incident).values(most_waiting=Incident.most_waiting + 5))
    clock.sees(bad())
    assert [one.most_waiting for one in log().items] == [7]


def test_pages_begin_with_the_newest(clock: Clock) -> None:
    for _ in range(3):
        clock.sees(bad())
        for _ in range(3):
            clock.sees(WELL, 50)
    first = log(limit=2)
    assert (len(first.items), first.next) == (2, first.items[1].id)
    second = log(after=first.next, limit=2)
    assert (len(second.items), second.next) == (1, None)
    assert first.items[0].started_at > first.items[1].started_at > second.items[0].started_at


def test_they_are_counted_and_forgotten_after_a_year(clock: Clock) -> None:
    clock.sees(bad())
    clock.sees(WELL)
    clock.sees(bad("broker", "The broker does not answer."))
    with transaction() as session:
        assert count_since(session, 30) == 2
        old = {name: getattr(Incident, name) - timedelta(days=366) for name in ("started_at", "ended_at")}
        session.execute(update(Incident).values(old))
        assert count_since(session, 30) == 0
        forget_old(session)
    assert [one.cause for one in log().items] == ["broker"], "the open one stays"
