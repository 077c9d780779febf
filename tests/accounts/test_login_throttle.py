from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.accounts import login_throttle
from intake.accounts.login_throttle import ATTEMPTS, PERIOD
from intake.db import transaction
from intake.models import LoginAttempts
from intake.settings import Settings
from tests.together import at_once

pytestmark = pytest.mark.usefixtures("app_settings")


def admit(whose: str = "asel") -> bool:
    with transaction() as session:
        return login_throttle.count_attempt(session, whose)


def age(by: timedelta) -> None:
    """Move the recorded attempts into the past by so much."""
    with transaction() as session:
        session.execute(update(LoginAttempts).values(since=LoginAttempts.since - by))


def rows() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(LoginAttempts)) or 0


def test_ten_attempts_are_admitted() -> None:
    assert [admit() for _ in range(12)] == [True] * ATTEMPTS + [False] * 2
    assert ATTEMPTS == 10


def test_others_are_not_concerned() -> None:
    for _ in range(ATTEMPTS + 1):
        admit()
    assert admit("tomas")


def test_after_a_quarter_of_an_hour_it_begins_anew() -> None:
    for _ in range(ATTEMPTS + 5):
        admit()
    age(PERIOD - timedelta(minutes=1))
    assert not admit()
    age(timedelta(minutes=2))
    assert [admit() for _ in range(ATTEMPTS + 1)] == [True] * ATTEMPTS + [False]


def test_a_successful_login_clears_the_attempts() -> None:
    for _ in range(ATTEMPTS):
        admit()
    admit("tomas")
    with transaction() as session:
        login_throttle.clear_attempts(session, "asel")
    assert rows() == 1
    assert admit()


def test_ten_of_many_simultaneous_attempts_are_admitted() -> None:
    admitted = at_once(*[admit] * (ATTEMPTS + 6))
    assert sorted(map(str, admitted)) == ["False"] * 6 + ["True"] * ATTEMPTS


def test_what_no_longer_counts_is_forgotten() -> None:
    admit("tomas")
    age(PERIOD + timedelta(minutes=1))
    admit()
    with transaction() as session:
        login_throttle.delete_expired_attempts(session)
    assert rows() == 1


def test_the_table_reveals_no_address(app_settings: Settings) -> None:
    admit("asel@transom.example")
    with transaction() as session:
        (key,) = session.scalars(select(LoginAttempts.key))
    assert len(key) == 32
    assert b"asel" not in key
