from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake.lifecycle import STATUSES
from intake.models.account import ROLES
from intake.web import Transom
from intake.web.display import ago, hour_ago, machine_time, moment, size, waited
from intake.wording import stamp

MIDNIGHT, NOON = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=1), "1 second ago"),
        (timedelta(seconds=89), "89 seconds ago"),
        (timedelta(seconds=91), "1 minute ago"),
        (timedelta(minutes=89), "89 minutes ago"),
        (timedelta(minutes=91), "1 hour ago"),
        (timedelta(hours=35), "35 hours ago"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=15), "2 weeks ago"),
        (timedelta(days=59), "8 weeks ago"),
        (timedelta(days=61), "2 months ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_how_long_ago(since: timedelta, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 23, 12, 0, 7, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return now

    monkeypatch.setattr("intake.web.display.datetime", Clock)
    assert ago(now - since) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=-30), "in the past hour"),
        (timedelta(minutes=59), "in the past hour"),
        (timedelta(hours=1), "in the past 2 hours"),
        (timedelta(minutes=119), "in the past 2 hours"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=30), "30 hours ago"),
    ],
)
def test_a_moment_of_which_only_the_hour_is_known(since: timedelta, words: str, app: Transom) -> None:
    with app.test_request_context("/"):
        assert hour_ago(datetime.now(UTC) - since - timedelta(milliseconds=1)) == words


@pytest.mark.parametrize(
    ("at", "passed", "waiting", "full", "machine"),
    [
        (NOON, "today", "since today", "23 November 2026, after 12:00 UTC", "2026-11-23"),
        (MIDNIGHT, "today", "since today", "23 November 2026", "2026-11-23"),
        (MIDNIGHT - timedelta(days=1), "yesterday", "since yesterday", "22 November 2026", "2026-11-22"),
        (MIDNIGHT - timedelta(days=3), "3 days ago", "3 days", "20 November 2026", "2026-11-20"),
        (MIDNIGHT - timedelta(days=30), "4 weeks ago", "4 weeks", "24 October 2026", "2026-10-24"),
        (MIDNIGHT + timedelta(days=1), "today", "since today", "24 November 2026", "2026-11-24"),
    ],
)
def test_of_a_coarse_time_only_the_day_is_said(
    at: datetime,
    passed: str,
    waiting: str,
    full: str,
    machine: str,
    monkeypatch: pytest.MonkeyPatch,
    app: Transom,
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return NOON + timedelta(hours=2, seconds=7)

    monkeypatch.setattr("intake.web.display.datetime", Clock)
    with app.test_request_context("/"):
        assert (ago(at), waited(at), moment(at), machine_time(at)) == (passed, waiting, full, machine)


def test_an_exact_time_is_said_in_full(app: Transom) -> None:
    at = NOON + timedelta(minutes=4)
    with app.test_request_context("/"):
        assert (moment(at), machine_time(at)) == ("23 November 2026, 12:04 UTC", "2026-11-23T12:04:00+00:00")


def test_the_full_time_is_in_utc() -> None:
    at = datetime(2026, 3, 5, 1, 4, tzinfo=timezone(timedelta(hours=5)))
    assert stamp(at) == "4 March 2026, 20:04 UTC"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KB"), (10 * 1024, "10 KB"), (300 * 1024, "300 KB"),
        (50 * 1024**2, "50 MB"), (1536 * 1024, "1.5 MB"), (3 * 1024**4, "3.0 TB"), (5000 * 1024**4, "5000 TB"),
    ],
)  # fmt: skip
def test_sizes_as_people_read_them(count: int, words: str) -> None:
    assert size(count) == words


def test_templates_know_every_status_and_role(app: Transom) -> None:
    filters = app.jinja_env.filters
    assert all(filters["status_word"](status) and filters["status_explained"](status) for status in STATUSES)
    assert [filters["role_word"](role) for role in ROLES] == ["Editor", "Chief editor", "Administrator"]
    assert filters["language_name"]("kk") == "Қазақша"
    assert filters["language_name"]("und") == "Another language"
    assert filters["language_name"]("tlh") == "tlh"
