from datetime import timedelta

from sqlalchemy import func, select, update

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


def test_a_web_server_that_is_silent_is_not_shown_and_all_silent_ones_are_forgotten(
    app_settings: Settings,
) -> None:
    for name, kind in (("web@old", "web"), ("web@new", "web"), ("worker@here", "worker")):
        with transaction() as session:
            processes.start(session, name, kind, {})
    age("web@old", timedelta(minutes=10))
    age("worker@here", timedelta(minutes=10))
    assert shown() == ["worker@here", "web@new"]
    age("worker@here", timedelta(days=2))
    with transaction() as session:
        processes.forget_silent(session)
        assert set(session.scalars(select(Heartbeat.name))) == {"web@old", "web@new"}


def age(name: str, by: timedelta) -> None:
    with transaction() as session:
        session.execute(update(Heartbeat).where(Heartbeat.name == name).values(seen_at=func.now() - by))


def shown() -> list[str]:
    with transaction() as session:
        now = session.scalars(select(func.now())).one()
        return [one.name for one in processes.processes(session, now)]
