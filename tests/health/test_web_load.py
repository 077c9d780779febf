"""Load of the web server, as its processes write it and the admin page reads it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.health.web_load import Load, load_now, store, totals
from intake.models import WebLoad
from intake.settings import Settings

HELD = Load(uploads=26, upload_places=28, waiting=3, connections=200, connection_places=800)

pytestmark = pytest.mark.usefixtures("app_settings")


def test_the_load_of_all_processes_is_added_up(app_settings: Settings) -> None:
    with transaction() as session:
        assert load_now(session) == Load()
        store(session, "one", HELD, {})
        store(session, "two", replace(HELD, waiting=0), {})
        store(session, "one", replace(HELD, waiting=1), {})
        found = load_now(session)
    assert found == Load(52, 56, 1, 400, 1600)
    assert found.are_uploads_held
    assert not found.are_connections_held


def test_what_is_quiet_again_or_old_does_not_count() -> None:
    with transaction() as session:
        store(session, "one", HELD, {})
        store(session, "two", HELD, {})
        store(session, "one", replace(HELD, uploads=1, waiting=0), {})
        assert load_now(session).uploads == 26
        session.execute(update(WebLoad).values(seen_at=func.now() - timedelta(minutes=1)))
        assert load_now(session) == Load()
        store(session, "three", Load(), {})
        assert session.scalar(select(func.count()).select_from(WebLoad)) == 0


def test_refusals_are_added_to_the_totals() -> None:
    with transaction() as session:
        store(session, "one", Load(), {"no_thread": 2, "body_too_slow": 1})
        store(session, "two", Load(), {"no_thread": 3})
        assert totals(session) == {"no_thread": 5, "body_too_slow": 1}


@pytest.mark.parametrize(
    ("load", "high"),
    [
        (Load(upload_places=28, connection_places=800), False),
        (Load(22, 28, 0, 30, 800), False),
        (Load(23, 28, 0, 30, 800), True),
        (Load(0, 28, 1, 30, 800), True),
        (Load(0, 28, 0, 640, 800), True),
    ],
)
def test_only_a_high_load_is_written_down(load: Load, high: bool) -> None:
    assert load.is_high is high
