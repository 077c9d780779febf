from datetime import UTC, datetime, timedelta

import pytest

from intake.retention import backup_policy
from intake.settings import Settings

NOW = datetime(2026, 11, 30, 3, 40, tzinfo=UTC)
DAY = timedelta(days=1)


def policy(keep: str) -> backup_policy.Policy:
    found = backup_policy.of(Settings(backup_keep=keep))
    assert found
    return found


def rotated(keep: str, every: timedelta, count: int) -> list[timedelta]:
    """Ages of the backups that are left after `count` nightly runs, each of which deletes what the policy does not keep."""
    there: set[datetime] = set()
    for number in range(count):
        now = NOW + number * every
        there = policy(keep).kept({*there, now}, now)
    return sorted(now - at for at in there)


@pytest.mark.parametrize(
    ("keep", "interval", "days"),
    [
        ("7d", DAY, 8),
        ("7d,4w,6m", DAY, 187),
        ("24h, 7d", timedelta(hours=1), 8),
        ("4w", 7 * DAY, 35),
        ("1d", DAY, 2),
    ],
)
def test_days_that_are_promised(keep: str, interval: timedelta, days: int) -> None:
    assert (policy(keep).interval, policy(keep).days) == (interval, days)


def test_a_year_of_nights_leaves_seven_days_four_weeks_and_six_months() -> None:
    left = [age // DAY for age in rotated("7d,4w,6m", DAY, 400)]
    assert left[:7] == list(range(7))
    assert 15 <= len(left) <= 18
    assert max(left) <= 187
    assert max(left) >= 155


@pytest.mark.parametrize("keep", ["7d", "3d,2w", "7d,4w,6m", "24h,3d"])
@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=15), timedelta(hours=5)])
def test_no_backup_is_older_than_promised_at_any_run(keep: str, late: timedelta) -> None:
    """Even if runs start late, the next run deletes a backup before it is older than promised."""
    found, there = policy(keep), set[datetime]()
    every = DAY
    for number in range(420):
        now = NOW + number * every + (late if number % 2 else timedelta())
        there = found.kept({*there, now}, now)
        next_run = NOW + (number + 1) * every + (timedelta() if number % 2 else late)
        assert next_run - min(there) <= found.days * DAY


def test_the_newest_stays_whatever_its_age() -> None:
    old = NOW - 900 * DAY
    assert policy("7d").kept({old, old - DAY}, NOW) == {old}
    assert policy("7d").kept([], NOW) == set()


def test_after_a_pause_old_ones_go_all_the_same() -> None:
    """For a period without a backup, no older backup is kept instead."""
    old = {NOW - 200 * DAY, NOW - 100 * DAY, NOW - 10 * DAY}
    assert policy("7d,4w").kept({*old, NOW}, NOW) == {NOW, NOW - 10 * DAY}


def test_the_newest_of_each_day() -> None:
    day = [NOW - timedelta(hours=hours) for hours in range(1, 30)]
    assert policy("7d").kept({*day}, NOW) == {
        NOW - timedelta(hours=1),
        NOW - timedelta(hours=4),
        NOW - timedelta(hours=28),
    }


@pytest.mark.parametrize(
    ("keep", "days", "told"), [("", 0, 0), ("", 30, 30), ("7d", 0, 8), ("7d", 30, 30), ("4w", 7, 35)]
)
def test_the_higher_number_is_told(keep: str, days: int, told: int) -> None:
    assert backup_policy.deleted_after_days(Settings(backup_keep=keep, backup_days=days)) == told
