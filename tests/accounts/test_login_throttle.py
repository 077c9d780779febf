from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.accounts import login_throttle
from intake.accounts.login_throttle import ATTEMPTS, FIRST_WAIT, LONGEST_WAIT, QUIET
from intake.db import transaction
from intake.models import LoginAttempts
from intake.settings import Settings
from tests.together import at_once

pytestmark = pytest.mark.usefixtures("app_settings")


def wait(whose: str = "asel") -> int:
    with transaction() as session:
        return login_throttle.count_attempt(session, whose)


def admit(whose: str = "asel") -> bool:
    return not wait(whose)


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


def test_51_waits_grow_and_are_capped() -> None:
    for _ in range(ATTEMPTS):
        admit()
    waits = []
    for _ in range(8):
        waits.append(wait())
        age(timedelta(seconds=waits[-1]))
        assert admit()
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert FIRST_WAIT.total_seconds() == 30
    assert LONGEST_WAIT.total_seconds() == 900


def test_51_an_attempt_that_comes_too_early_makes_the_wait_no_longer() -> None:
    for _ in range(ATTEMPTS + 50):
        admit()
    # 30 s, less the time of this test. If the early attempts counted, each would have doubled the wait.
    assert 20 <= wait() <= 30


def test_after_a_quiet_hour_it_begins_anew() -> None:
    for _ in range(ATTEMPTS + 5):
        admit()
    age(QUIET)
    assert [admit() for _ in range(ATTEMPTS + 1)] == [True] * ATTEMPTS + [False]
    assert timedelta(hours=1) == QUIET


def test_a_fixed_number_in_a_period() -> None:
    def allowed() -> bool:
        with transaction() as session:
            return login_throttle.count_in_period(session, "totp 1", 5, timedelta(minutes=15))

    assert [allowed() for _ in range(7)] == [True] * 5 + [False] * 2
    age(timedelta(minutes=14))
    assert not allowed()
    age(timedelta(minutes=2))
    assert [allowed() for _ in range(6)] == [True] * 5 + [False]


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
    age(QUIET + timedelta(minutes=1))
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
