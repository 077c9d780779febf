import threading
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from intake.accounts import live_streams
from intake.db import NoConnection, engine, transaction
from intake.models import Editor, Submission
from intake.models.event import announce
from intake.queue.claims import claim
from intake.review import live_facts
from intake.settings import Settings
from intake.web import live_updates
from intake.web.live_messages import LiveMessage
from intake.web.live_updates import MAX_WAITING, RECORDED_AT_ONCE, Hub, Stream, Viewer
from tests.waiting import until
from tests.web.conftest import newest
from tests.web.people import Newsroom


@pytest.fixture
def hub(app_settings: Settings) -> Iterator[Hub]:
    made = Hub(places=3)
    yield made
    made.close()
    until(lambda: not listeners())


@pytest.fixture
def in_review(submitted: Callable[..., str]) -> Submission:
    """Submission that waits."""
    submitted(title="Over the river")
    return newest()


@pytest.fixture
def asel(editor: Newsroom) -> Editor:
    """Editor loaded from the database."""
    with transaction() as session:
        return session.scalars(select(Editor)).one()


def listeners() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "live"]


def open_connections() -> int:
    """Return how many connections of this process are in use."""
    pool = engine().pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


def joined(hub: Hub) -> Stream:
    stream = hub.join()
    assert stream
    return stream


def test_every_stream_hears_of_a_change_at_its_commit(hub: Hub, in_review: Submission, asel: Editor) -> None:
    streams = [joined(hub), joined(hub)]
    assert len(listeners()) == 1
    with transaction() as session:
        claim(session, in_review.id, asel)
        assert all(stream.waiting.empty() for stream in streams)
    for stream in streams:
        message = stream.waiting.get(timeout=5)
        assert "event: change\n" in message
        assert "Asel Nurbekova has claimed it." in message
        assert str(in_review.id) in message
        assert "Over the river" not in message


def test_what_is_rolled_back_is_not_heard(hub: Hub, in_review: Submission, asel: Editor) -> None:
    stream = joined(hub)
    with transaction() as session:
        claim(session, in_review.id, asel)
        session.rollback()
    with transaction() as session:
        announce(session, in_review.id)
    assert "event: presence\n" in stream.waiting.get(timeout=5)


def test_there_are_so_many_places(hub: Hub) -> None:
    streams = [joined(hub) for _ in range(3)]
    assert hub.join() is None
    hub.leave(streams[0])
    assert hub.join()


def test_the_listener_goes_with_the_last_and_comes_with_the_next(hub: Hub, in_review: Submission) -> None:
    hub.leave(joined(hub))
    until(lambda: not listeners())
    stream = joined(hub)
    with transaction() as session:
        announce(session, in_review.id)
    assert str(in_review.id) in stream.waiting.get(timeout=5)


def test_one_that_reads_too_slowly_holds_up_nobody(hub: Hub) -> None:
    slow, quick = joined(hub), joined(hub)
    read = []
    for number in range(MAX_WAITING + 1):
        hub._pass_on([LiveMessage(str(number))])
        read.append(quick.waiting.get())
    assert (slow.lost, quick.lost) == (True, False)
    assert len(read) == MAX_WAITING + 1


def test_what_happened_while_the_connection_was_broken_is_told(
    hub: Hub, in_review: Submission, asel: Editor, app_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    stream = joined(hub)
    with psycopg.connect(app_settings.database_url, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
    with transaction() as session:
        claim(session, in_review.id, asel)
    messages = [stream.waiting.get(timeout=10)]
    while "has claimed it" not in messages[-1]:
        messages.append(stream.waiting.get(timeout=10))
    assert "cannot listen for changes" in caplog.text


def test_the_listener_survives_a_moment_without_a_free_connection(
    hub: Hub, in_review: Submission, asel: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = iter([NoConnection(), NoConnection()])

    def newest_event(session: Session) -> int:
        if refusal := next(refusals, None):
            raise refusal
        return live_facts.newest(session)

    monkeypatch.setattr(live_updates, "newest", newest_event)
    stream = joined(hub)
    with transaction() as session:
        claim(session, in_review.id, asel)
    assert "has claimed it" in stream.waiting.get(timeout=10)


def test_streams_of_one_person_that_wait_for_each_other_leave_connections_to_others(asel: Editor) -> None:
    hub = Hub(places=20)
    viewer = Viewer(asel.id, uuid.uuid4(), "submission.read")
    opening = [threading.Thread(target=hub.join, args=(viewer,)) for _ in range(20)]
    with transaction() as session:
        live_streams.open_stream(session, uuid.uuid4(), asel.id)
        for thread in opening:
            thread.start()
        until(lambda: hub._recording._value == 0)
        # Two more connections: one of this transaction, and perhaps one of the listener.
        assert open_connections() <= RECORDED_AT_ONCE + 2
    for thread in opening:
        thread.join()
    hub.close()
    until(lambda: not listeners())


def test_a_hub_that_closes_takes_nobody(hub: Hub) -> None:
    hub.close()
    assert hub.join() is None


def test_nothing_but_numbers_is_said_aloud(
    in_review: Submission, asel: Editor, app_settings: Settings
) -> None:
    with psycopg.connect(app_settings.database_url, autocommit=True) as server:
        server.execute("LISTEN transom_live")
        with transaction() as session:
            claim(session, in_review.id, asel)
            announce(session, in_review.id)
        said = [notice.payload for notice in server.notifies(timeout=2, stop_after=2)]
    assert [word.isdecimal() or uuid.UUID(word) == in_review.id for word in said] == [True, True]
