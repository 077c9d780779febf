import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from intake.db import transaction
from intake.health import backups, doctor
from intake.models import Backup, Submission
from intake.settings import Settings
from tests.cast import Contributor, RunJobs

DAY = timedelta(days=1)
KEPT: dict[str, Any] = {"backup_keep": "7d,4w", "backup_recipient": "age1x"}


def made(*days: float, is_encrypted: bool = True, place: str = "/srv/backup") -> None:
    with transaction() as session:
        for one in days:
            at = datetime.now(UTC) - one * DAY
            session.add(Backup(id=uuid.uuid4(), place=place, made_at=at, is_encrypted=is_encrypted))


def labels(config: Settings) -> list[str]:
    with transaction() as session:
        return [one.label for one in backups.state(session, config).troubles]


def told(config: Settings) -> int:
    with transaction() as session:
        return backups.promised_days(session, config)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((0.1, 1, 2, 28), []),
        ((1.4,), []),
        ((1.6,), ["Backup missed"]),
        ((0.1, 30), ["Old backup kept"]),
        ((40,), ["Backup missed", "Old backup kept"]),
    ],
)
def test_backups_by_the_policy(app_settings: Settings, days: tuple[float, ...], expected: list[str]) -> None:
    made(*days)
    assert labels(replace(app_settings, **KEPT)) == expected


@pytest.mark.parametrize(("days", "expected"), [((6, 400), []), ((8,), ["Backup missed"])])
def test_without_a_policy_one_a_week_is_expected_and_none_is_too_old(
    app_settings: Settings, days: tuple[float, ...], expected: list[str]
) -> None:
    made(*days)
    assert labels(app_settings) == expected


def test_days_that_are_told_without_a_policy_count_one_more(app_settings: Settings) -> None:
    config = replace(app_settings, backup_days=30)
    made(1, 30.5)
    assert (labels(config), told(config)) == ([], 30)
    made(31.5)
    assert (labels(config), told(config)) == (["Old backup kept"], 0)


def test_one_in_clear(app_settings: Settings) -> None:
    made(0.1, is_encrypted=False)
    assert labels(app_settings) == ["Not encrypted"]
    finding = backups.check_backups(app_settings)
    assert (finding.ok, finding.seen) == (False, "The newest backup is not encrypted.")
    assert "transom backups keygen" in finding.advice
    assert "Make a backup now" in backups.check_backups(replace(app_settings, **KEPT)).advice
    made(0)
    assert labels(app_settings) == []


def test_none_is_a_fault_once_there_is_something_to_lose(
    app_settings: Settings, contributor: Contributor, run_jobs: RunJobs
) -> None:
    assert backups.check_backups(app_settings).ok
    submission_id = contributor.submit()
    run_jobs()
    assert backups.check_backups(app_settings).ok
    with transaction() as session:
        session.get_one(Submission, submission_id).waiting_since = datetime.now(UTC) - 3 * DAY
    assert labels(app_settings) == ["No backup"]
    made(0.1)
    assert labels(app_settings) == []


def test_doctor_says_how_many_there_are(app_settings: Settings) -> None:
    made(0.1, 3)
    finding = next(one for one in doctor.examine(app_settings) if one.name == "backups")
    assert finding.ok
    assert finding.seen.startswith("2, the newest of ")
    assert ", encrypted, the oldest of " in finding.seen


@pytest.mark.parametrize(
    ("days", "number"),
    [((), 35), ((0.1, 34.9), 35), ((0.1, 35.1), 0), ((1.6,), 0)],
    ids=["none", "as promised", "one too old", "no longer made"],
)
def test_a_number_is_told_while_it_is_true(
    app_settings: Settings, days: tuple[float, ...], number: int
) -> None:
    made(*days)
    assert told(replace(app_settings, backup_keep="1d,34d")) == number
