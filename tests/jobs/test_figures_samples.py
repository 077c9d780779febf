from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from intake.db import transaction
from intake.job_kinds import QUEUES
from intake.jobs import figures
from intake.models import Job, QueueSample
from intake.settings import Settings

NOW = datetime.now(UTC).replace(microsecond=0)


def job(slot: str, kind: str = "photo.clean", **values: Any) -> None:
    with transaction() as session:
        session.add(Job(kind=kind, slot=slot, **values))


def ago(seconds: int) -> datetime:
    return NOW - timedelta(seconds=seconds)


def taken() -> dict[str, tuple[int, int, int]]:
    with transaction() as session:
        figures.take_samples(session, NOW)
        figures.take_samples(session, NOW)
        found = session.scalars(select(QueueSample))
        return {one.queue: (one.waiting, one.came, one.ended) for one in found}


def test_what_waits_and_what_came_and_ended_since_the_last(app_settings: Settings) -> None:
    job("waits", created_at=ago(900), run_at=ago(900))
    job("pauses", created_at=ago(900), run_at=func.now() + timedelta(hours=1))
    job("came", created_at=ago(1), run_at=ago(1))
    job("done", created_at=ago(299), status="done", finished_at=ago(2))
    job("given up", created_at=ago(300), status="dead", error="x", finished_at=ago(299))
    job("of before", created_at=ago(700), status="done", finished_at=ago(300))
    job("of after", created_at=NOW + timedelta(seconds=1), run_at=NOW + timedelta(hours=1))
    job("canary", "canary.photos", created_at=ago(1), run_at=ago(1))
    assert taken() == dict.fromkeys(QUEUES, (0, 0, 0)) | {"photos": (2, 2, 2)}


def test_they_are_kept_for_a_while(app_settings: Settings) -> None:
    taken()
    with transaction() as session:
        session.add(
            QueueSample(
                queue="text",
                at=ago(0) - figures.SAMPLES_KEPT - timedelta(hours=1),
                waiting=0,
                came=0,
                ended=0,
            )
        )
    with transaction() as session:
        figures.forget_samples(session, figures.SAMPLES_KEPT)
    with transaction() as session:
        assert set(session.scalars(select(QueueSample.at))) == {NOW}


def test_the_samples_of_a_day_are_in_their_order(app_settings: Settings) -> None:
    day = int(figures.DAY.total_seconds())
    with transaction() as session:
        for seconds in (60, day - 60, day + 60):
            session.add(QueueSample(queue="text", at=ago(seconds), waiting=seconds, came=1, ended=2))
    with transaction() as session:
        found = figures.last_day(session, NOW)
    assert found == {queue: list[figures.Sample]() for queue in QUEUES} | {
        "text": [figures.Sample(ago(seconds), seconds, 1, 2) for seconds in (day - 60, 60)]
    }
