from datetime import timedelta

import pytest
from sqlalchemy import select, update

from intake.db import transaction
from intake.health import watch
from intake.health.checks import HealthReport
from intake.models import HealthWatch, Incident
from intake.settings import Settings
from tests.web.test_health import beat

WELL = HealthReport(True, "Well.", "Well.")
BAD = HealthReport(False, "Bad.", "Bad.", "Mend it.", "relay", "Bad.")
MINUTE = timedelta(seconds=60)


def look() -> HealthReport | None:
    with transaction() as session:
        return watch.check(session)


def pass_time(ago: timedelta = MINUTE) -> None:
    with transaction() as session:
        session.execute(
            update(HealthWatch).values(
                looked_at=HealthWatch.looked_at - ago, told_at=HealthWatch.told_at - ago
            )
        )


def causes() -> list[tuple[str, bool]]:
    with transaction() as session:
        rows = session.scalars(select(Incident).order_by(Incident.id))
        return [(one.cause, one.ended_at is None) for one in rows]


def test_what_is_seen_is_logged(app_settings: Settings) -> None:
    assert look() is None, "the first look only begins the row"
    pass_time(MINUTE / 2)
    report = look()
    assert report is not None
    assert (report.ok, causes()) == (False, [("relay", True)])
    beat()
    pass_time(MINUTE / 2)
    report = look()
    assert report is not None
    assert (report.ok, causes()) == (True, [("relay", False)])


def test_two_processes_do_not_look_at_the_same_time(app_settings: Settings) -> None:
    look()
    pass_time()
    with transaction() as session, transaction() as other:
        assert watch.check(session) is not None
        assert watch.check(other) is None
    assert look() is None, "it was looked at just now"


def claims(report: HealthReport) -> bool:
    with transaction() as session:
        return watch.claim_request(session, report, 60)


def answer(error: str = "") -> None:
    with transaction() as session:
        watch.store_answer(session, error)


@pytest.fixture
def watched(app_settings: Settings) -> None:
    look()


@pytest.mark.usefixtures("app_settings")
def test_nothing_is_due_before_the_first_look() -> None:
    assert not claims(WELL)


@pytest.mark.usefixtures("watched")
def test_a_good_report_is_due_at_an_interval() -> None:
    assert (claims(WELL), claims(WELL)) == (True, False)
    answer("answers 500")
    assert not claims(WELL), "an error does not make requests more frequent"
    pass_time()
    assert claims(WELL)


@pytest.mark.usefixtures("watched")
def test_a_bad_report_is_due_at_once_and_once() -> None:
    assert (claims(WELL), claims(BAD)) == (True, True)
    answer()
    pass_time(10 * MINUTE)
    assert not claims(BAD)
    assert claims(WELL), "the end is told at once"


@pytest.mark.usefixtures("watched")
def test_a_bad_report_that_did_not_arrive_is_repeated() -> None:
    assert claims(BAD)
    answer("does not answer (ConnectError)")
    assert not claims(BAD)
    pass_time()
    assert claims(BAD)


@pytest.mark.usefixtures("watched")
def test_a_bad_report_is_repeated_after_a_process_died_with_the_answer() -> None:
    assert claims(BAD)
    pass_time()
    assert claims(BAD)


@pytest.mark.usefixtures("watched")
def test_the_last_request_is_shown() -> None:
    def shown() -> watch.MonitorStatus | None:
        with transaction() as session:
            return watch.monitor_status(session)

    assert shown() is None
    claims(WELL)
    answer()
    found = shown()
    assert found is not None
    assert (found.ok, found.error, found.answered_at is not None) == (True, "", True)
    answer("answers 500")
    found = shown()
    assert found is not None
    assert (found.error, found.answered_at is not None) == ("answers 500", True)
    pass_time(timedelta(days=1, seconds=1))
    assert shown() is not None, "of a fault that lasts, the monitor is told once"
