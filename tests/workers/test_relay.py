import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import redis
from sqlalchemy import func, select, text, update

from intake.db import engine, transaction
from intake.job_kinds import JOB_KINDS, QUEUES
from intake.jobs import ledger
from intake.models import Job
from intake.models.job import JOBS_CHANNEL
from intake.sandbox.limits import Limits
from intake.settings import Settings, settings
from tests.broker import Broker
from tests.cast import Contributor
from workers import relay as module
from workers.relay import Relay

if TYPE_CHECKING:
    from celery import Celery


@pytest.fixture
def relay(celery_app: "Celery", monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """Relay that checks for lost jobs in every turn."""
    monkeypatch.setattr(module, "EXPIRY_SECONDS", 0)
    made = Relay()
    yield made
    made.close()


@pytest.fixture
def queue(celery_app: "Celery") -> Iterator["redis.Redis"]:
    """Client of the broker, to inspect Celery's queues."""
    with celery_app.connection_for_read() as connection:
        yield connection.default_channel.client  # type: ignore[attr-defined]


def messages(queue: "redis.Redis") -> list[dict[str, Any]]:
    """Messages in the queues, next one first."""
    waiting: list[Any] = [queue.lrange(name, 0, -1) for name in QUEUES]
    return [json.loads(message) for of_queue in waiting for message in reversed(of_queue)]


def numbers(queue: "redis.Redis") -> list[int]:
    return [json.loads(base64.b64decode(message["body"]))[0][0] for message in messages(queue)]


def statuses() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Job.status).order_by(Job.id)))


def jobs(count: int) -> list[int]:
    with transaction() as session:
        made = [Job(kind="housekeeping.sweep", slot=str(number)) for number in range(count)]
        session.add_all(made)
        session.flush()
        return [job.id for job in made]


def test_ids_cross_the_queue_and_nothing_else(
    relay: Relay, queue: "redis.Redis", contributor: Contributor
) -> None:
    contributor.submit(b"picture", title="Planted", body="Planted", contact="Planted", print_name="Planted")
    relay.turn()
    with transaction() as session:
        ids = list(session.scalars(select(Job.id).order_by(Job.id)))
    assert numbers(queue) == ids
    for message in messages(queue):
        (args, named, _) = json.loads(base64.b64decode(message["body"]))
        assert (len(args), named) == (1, {})
        whole = json.dumps(message)
        assert "Planted" not in whole
        assert contributor.receipt not in whole
        assert str(contributor.submission_id) not in whole


def test_due_jobs_are_sent_once_and_oldest_first(relay: Relay, queue: "redis.Redis") -> None:
    ids = jobs(3)
    with transaction() as session:
        earlier = func.now() - timedelta(minutes=1)
        session.execute(update(Job).where(Job.id == ids[2]).values(turn_at=earlier))
    relay.turn()
    relay.turn()
    assert numbers(queue) == [ids[2], *ids[:2]]
    assert statuses() == ["sent"] * 3


def test_what_was_lost_is_sent_again(relay: Relay, queue: "redis.Redis") -> None:
    (number,) = jobs(1)
    relay.turn()
    queue.flushdb()
    with transaction() as session:
        session.execute(update(Job).values(lease_until=func.now() - timedelta(seconds=1)))
    relay.turn()
    assert numbers(queue) == [number]


def test_while_nobody_works_copies_do_not_pile_up(
    relay: Relay, queue: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without workers, leases expire every half minute, and the jobs are due again: 2,880 times a day."""
    monkeypatch.setenv("TRANSOM_MAX_JOBS_SENT", "2")
    settings.cache_clear()
    jobs(5)
    for _ in range(4):
        relay.turn()
        with transaction() as session:
            session.execute(
                update(Job).where(Job.status == "sent").values(lease_until=func.now() - timedelta(seconds=1))
            )
    assert len(messages(queue)) == 2


def test_while_the_broker_is_away_jobs_wait_and_it_is_said_once(
    relay: Relay, mortal_broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    (number,) = jobs(1)
    mortal_broker.stop()
    for _ in range(3):
        relay.turn()
    assert statuses() == ["pending"]
    mortal_broker.start()
    for _ in range(3):
        relay.turn()
    assert statuses() == ["sent"]
    assert [record.message for record in caplog.records if record.name == module.__name__] == [
        "the broker does not accept jobs (away); they wait in the database",
        "the broker answers again",
    ]
    with transaction() as session:
        assert session.get_one(Job, number).attempts == 0


def test_a_restarted_broker_is_noticed_and_what_it_held_is_sent_again(
    relay: Relay, mortal_broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    """The relay does not wait for leases to expire."""
    waiting, running = jobs(2)
    relay.turn()
    with transaction() as session:
        ledger.take(session, running, "worker@here")
    before = lease(waiting)
    mortal_broker.stop()
    mortal_broker.start()
    relay.turn()
    assert statuses() == ["sent", "running"]
    assert lease(waiting) > before
    assert "the broker was restarted; jobs sent again because it may have lost them: 1" in caplog.messages


def lease(number: int) -> Any:
    with transaction() as session:
        return session.get_one(Job, number).lease_until


def test_a_relay_that_starts_takes_the_broker_as_it_is(relay: Relay) -> None:
    (number,) = jobs(1)
    relay.turn()
    before = lease(number)
    Relay().turn()
    assert lease(number) == before


def test_what_the_broker_refuses_midway_is_pending_again(
    relay: Relay, celery_app: "Celery", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broker refuses messages when its memory is full. Accepted jobs stay sent, and no attempt is counted."""
    jobs(3)
    taken: list[int] = []

    def one_and_no_more(_name: str, args: tuple[int], **_: Any) -> None:
        if taken:
            raise redis.OutOfMemoryError("command not allowed when used memory > 'maxmemory'")
        taken.extend(args)

    monkeypatch.setattr(celery_app, "send_task", one_and_no_more)
    relay.turn()
    assert statuses() == ["sent", "pending", "pending"]
    with transaction() as session:
        assert set(session.scalars(select(Job.attempts))) == {0}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[psycopg.Notify]:
    """Notifications that ended pauses of the relay early."""
    noted: list[psycopg.Notify] = []
    listen = psycopg.Connection.notifies

    def noting(self: Any, **how: Any) -> Iterator[psycopg.Notify]:
        for notification in listen(self, **how):
            noted.append(notification)
            yield notification

    monkeypatch.setattr(psycopg.Connection, "notifies", noting)
    return noted


def test_a_commit_that_brings_a_job_ends_the_pause(
    relay: Relay, heard: list[psycopg.Notify], contributor: Contributor
) -> None:
    stop = threading.Event()
    relay._channel()
    contributor.submit()
    relay.pause(stop)
    assert [notification.channel for notification in heard] == [JOBS_CHANNEL]


class Stop(threading.Event):
    """Event that records the requested waiting times."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        return False


def test_what_there_was_no_room_for_is_sent_soon_and_not_at_the_next_commit(
    relay: Relay, queue: "redis.Redis", app_settings: Settings
) -> None:
    jobs(app_settings.max_jobs_sent + 1)
    stop = Stop()
    relay.turn()
    relay.pause(stop)
    assert len(stop.waited) == 1
    assert relay._listening is None
    take_next(queue)
    relay.turn()
    assert statuses() == ["running"] + ["sent"] * app_settings.max_jobs_sent


def take_next(queue: "redis.Redis") -> None:
    with transaction() as session:
        ledger.take(session, numbers(queue)[0], "worker@here")
    queue.rpop("housekeeping")


def test_how_soon_depends_on_how_much_is_done_meanwhile(
    relay: Relay, queue: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_MAX_JOBS_SENT", "4")
    settings.cache_clear()
    jobs(20)
    stop = Stop()
    for done in (0, 4, 4, 4, 1):
        for _ in range(done):
            take_next(queue)
        relay.turn()
        relay.pause(stop)
    assert stop.waited == [0.025, 0.0125, 0.00625, module.MIN_PAUSE, 2 * module.MIN_PAUSE]


def test_the_pace_is_that_of_the_queue_that_moves_most(relay: Relay) -> None:
    """Each queue has its own limit. If one queue sends half of its limit, the relay speeds up, whatever the others do."""
    found = [ledger.DueJob(number, "-", queue) for number, queue in enumerate(["text", "photos"] * 4)]
    for _ in range(2):
        relay._set_pace(found, limit=8)
        assert relay._pause_seconds == module.FULL_PAUSE
    relay._set_pace(found * 2, limit=8)
    assert relay._pause_seconds == module.FULL_PAUSE / 2


def test_a_worker_that_paused_is_not_left_without_work(
    relay: Relay, queue: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that replaces its processes has messages, but starts none for a while.

    The queue then has no room, but the relay must check often enough to refill it.
    """
    monkeypatch.setenv("TRANSOM_MAX_JOBS_SENT", "4")
    settings.cache_clear()
    listened: list[float] = []

    def listening(_connection: object, *, timeout: float, stop_after: int) -> Iterator[psycopg.Notify]:
        listened.append(timeout)
        return iter(())

    monkeypatch.setattr(psycopg.Connection, "notifies", listening)
    jobs(6)
    relay.turn()
    queue.rpop("housekeeping")
    for _ in range(6):
        relay.turn()
        relay.pause(threading.Event())
    assert listened == [0.05, 0.1, 0.2, module.STARVED_PAUSE, module.STARVED_PAUSE, module.STARVED_PAUSE]


def test_where_nobody_works_nothing_is_soon(
    relay: Relay, app_settings: Settings, heard: list[psycopg.Notify], contributor: Contributor
) -> None:
    """Nothing was taken from the queue, so it has no room. The relay listens, and checks once a second."""
    jobs(app_settings.max_jobs_sent + 1)
    relay.turn()
    relay.turn()
    relay._channel()
    contributor.submit()
    relay.pause(threading.Event())
    assert len(heard) == 1


def test_who_is_asked_to_stop_does_not_pause(relay: Relay) -> None:
    stop = threading.Event()
    stop.set()
    relay.pause(stop)
    assert relay._listening is None


def test_a_database_that_hangs_up_is_said_and_listened_to_anew(
    relay: Relay, heard: list[psycopg.Notify], contributor: Contributor
) -> None:
    stop = threading.Event()
    first = relay._channel()
    with engine().connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first.info.backend_pid})
    with pytest.raises(psycopg.OperationalError):
        relay.pause(stop)
    assert first.closed
    relay._channel()
    contributor.submit()
    relay.pause(stop)
    assert len(heard) == 1


def test_the_limit_is_that_of_the_settings(
    relay: Relay, queue: "redis.Redis", app_settings: Settings
) -> None:
    jobs(app_settings.max_jobs_sent + 1)
    relay.turn()
    assert len(numbers(queue)) == app_settings.max_jobs_sent


def test_a_job_goes_through_its_queue(relay: Relay, queue: "redis.Redis", contributor: Contributor) -> None:
    contributor.submit(b"picture")
    relay.turn()
    assert [queue.llen(name) for name in QUEUES] == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("kind", [*JOB_KINDS, "photo.dream"])
def test_a_lease_outlasts_the_hard_limit_and_that_the_soft_and_that_the_slowest_photo(
    relay: Relay, queue: "redis.Redis", kind: str
) -> None:
    """Each limit fires well before the next one, also for unknown kinds of a newer version."""
    with transaction() as session:
        session.add(Job(kind=kind, slot="1"))
    relay.turn()
    (message,), (number,) = messages(queue), numbers(queue)
    hard, soft = message["headers"]["timelimit"]
    with transaction() as session:
        job = ledger.take(session, number, "worker@here")
        assert job is not None
        assert job.lease_until is not None
        assert job.started_at is not None
        lease = (job.lease_until - job.started_at).total_seconds()
    assert Limits().wall_seconds < soft < hard < lease
