from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.accounts.factors import requirement
from intake.models import Editor
from intake.settings import Settings


def account(age: timedelta, *, factor: bool = False) -> Editor:
    now = datetime.now(UTC)
    return Editor(grace_since=now - age, factor_since=now if factor else None)


@pytest.mark.parametrize(
    ("hours", "left"), [(0, 7), (1, 7), (25, 6), (6 * 24 + 1, 1), (7 * 24 - 1, 1), (7 * 24, 0), (900, 0)]
)
def test_36_a_new_account_has_seven_days(hours: int, left: int) -> None:
    somebody = account(timedelta(hours=hours))
    assert requirement.days_left(somebody, Settings()) == left
    assert requirement.is_overdue(somebody, Settings()) is (left == 0)


def test_36_nothing_is_due_with_a_factor() -> None:
    somebody = account(timedelta(days=30), factor=True)
    assert requirement.days_left(somebody, Settings()) is None
    assert not requirement.is_overdue(somebody, Settings())


def test_nothing_is_due_where_factors_are_optional() -> None:
    optional = replace(Settings(), second_factor="optional")
    assert requirement.days_left(account(timedelta(days=30)), optional) is None


def test_the_days_are_a_setting() -> None:
    none = replace(Settings(), second_factor_days=0)
    assert requirement.is_overdue(account(timedelta(seconds=1)), none)
