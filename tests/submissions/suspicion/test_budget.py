from dataclasses import replace

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import HourlyCount
from intake.settings import Settings
from intake.submissions.suspicion import budget


def count() -> bool:
    with transaction() as session:
        return budget.is_exceeded(session)


def test_each_hour_has_its_budget(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "settings", lambda: replace(app_settings, hourly_budget=2))
    assert [count() for _ in range(4)] == [False, False, True, True]
    with transaction() as session:
        session.execute(update(HourlyCount).values(hour=b"an hour that is over"))
    assert [count() for _ in range(3)] == [False, False, True]


def test_a_few_hasty_ones_are_people_who_had_their_words_ready(app_settings: Settings) -> None:
    for _ in range(10):
        count()
    with transaction() as session:
        assert [budget.are_many_hasty(session) for _ in range(5)] == [False, False, False, True, True]
