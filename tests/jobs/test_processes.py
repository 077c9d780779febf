from sqlalchemy import select

from intake.db import transaction
from intake.jobs import processes
from intake.models import Heartbeat
from intake.settings import Settings


def say(how: str, **details: str) -> Heartbeat:
    with transaction() as session:
        getattr(processes, how)(session, "worker@here", "worker", details)
    with transaction() as session:
        return session.scalars(select(Heartbeat)).one()


def test_a_start_and_the_beats_after_it_are_one_row(app_settings: Settings) -> None:
    started = say("start", sandbox="full")
    assert started.started_at == started.seen_at
    beaten = say("beat", sandbox="limits only")
    assert beaten.started_at == started.started_at
    assert beaten.seen_at > started.seen_at
    assert beaten.details == {"sandbox": "limits only"}
    again = say("start")
    assert again.started_at == again.seen_at > beaten.seen_at


def test_a_beat_whose_start_was_lost_is_a_start(app_settings: Settings) -> None:
    assert say("beat").started_at is not None
