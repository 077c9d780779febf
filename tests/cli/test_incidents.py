import json
from datetime import UTC, datetime, timedelta

from intake.db import transaction
from intake.models import Incident
from intake.settings import Settings
from tests.cli.commands import transom

BEGUN = datetime(2026, 11, 27, 12, tzinfo=UTC)


def add(ended: datetime | None = BEGUN + timedelta(seconds=61), **values: object) -> None:
    row = {"cause": "relay", "fault": "The relay has stopped.", "most_waiting": 2} | values
    with transaction() as session:
        session.add(Incident(started_at=BEGUN, ended_at=ended, **row))


def test_none(app_settings: Settings) -> None:
    assert transom("incidents").stdout == "No incident was logged within a year.\n"


def test_they_are_listed(app_settings: Settings) -> None:
    add(returned=3)
    add(None, fault="Texts are not being processed: no worker answers.")
    newest, oldest = transom("incidents").stdout.splitlines()
    assert oldest == (
        "2026-11-27 12:00:00 UTC  61 s, at most 2 submissions waited: The relay has stopped."
        " It came back 3 times, each time within a minute."
    )
    assert "s, still open, at most 2 submissions waited: Texts are not" in newest


def test_the_newest_of_many_as_json(app_settings: Settings) -> None:
    add()
    add(cause="broker")
    result = transom("incidents", "--limit", "1", "--json")
    found = json.loads(result.stdout)
    assert (found["cause"], found["seconds"], found["started_at"]) == (
        "broker",
        61,
        "2026-11-27T12:00:00+00:00",
    )
    assert "There are older ones." in result.stderr
