import pytest
from psycopg import connect

from intake.health.events import check_events
from intake.settings import Settings
from tests.databases import Databases


def test_one_role_for_everything_is_said_and_no_fault(app_settings: Settings) -> None:
    found = check_events(app_settings)
    assert found.ok
    assert "could switch them off: docs/ops/events.md" in found.seen


def test_triggers_that_are_off_are_a_fault(app_settings: Settings) -> None:
    with connect(app_settings.database_url) as connection:
        connection.execute("ALTER TABLE events DISABLE TRIGGER guard")
    found = check_events(app_settings)
    with connect(app_settings.database_url) as connection:
        connection.execute("ALTER TABLE events ENABLE TRIGGER guard")
    assert not found.ok
    assert "transom audit verify" in found.advice


def test_two_addresses_without_two_roles_are_a_fault(
    app_settings: Settings, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    found = check_events(replace(app_settings, migration_url="postgresql://owner@elsewhere/name"))
    assert not found.ok
    assert "transom migrate" in found.advice
