import uuid
from datetime import timedelta

from sqlalchemy import func, select, update

from intake.accounts import live_streams
from intake.accounts.live_streams import MOST_STREAMS, STREAM_NOTICE, close_stream, forget_lost, open_stream
from intake.db import listen, transaction
from intake.models import Editor, LiveStream
from intake.models.event import LIVE_CHANNEL
from tests.together import at_once


def opened(editor: Editor) -> tuple[uuid.UUID, list[uuid.UUID]]:
    number = uuid.uuid4()
    with transaction() as session:
        return number, open_stream(session, number, editor.id)


def recorded(editor: Editor) -> set[uuid.UUID]:
    with transaction() as session:
        return set(session.scalars(select(LiveStream.id).where(LiveStream.editor_id == editor.id)))


def test_point_45_the_oldest_stream_of_a_person_is_closed(editor: Editor, other_editor: Editor) -> None:
    others = opened(other_editor)[0]
    first = opened(editor)[0]
    more = [opened(editor)[0] for _ in range(MOST_STREAMS - 1)]
    with listen(LIVE_CHANNEL) as connection:
        last, closed = opened(editor)
        assert closed == [first]
        (notice,) = connection.notifies(timeout=20, stop_after=1)
    assert notice.payload == f"{STREAM_NOTICE}{first}"
    assert recorded(editor) == {*more, last}
    assert recorded(other_editor) == {others}


def test_point_45_a_closed_stream_counts_no_more(editor: Editor) -> None:
    first = opened(editor)[0]
    for _ in range(2 * MOST_STREAMS):
        with transaction() as session:
            close_stream(session, opened(editor)[0])
    assert recorded(editor) == {first}


def test_point_45_streams_that_open_at_the_same_time_see_each_other(editor: Editor) -> None:
    at_once(*[lambda: opened(editor)] * 6)
    assert len(recorded(editor)) == MOST_STREAMS


def test_point_45_streams_of_killed_processes_are_forgotten(editor: Editor) -> None:
    lost, present = opened(editor)[0], opened(editor)[0]
    with transaction() as session:
        old = func.now() - live_streams.STREAMS_KEPT - timedelta(seconds=1)
        session.execute(update(LiveStream).where(LiveStream.id == lost).values(opened_at=old))
        forget_lost(session)
    assert recorded(editor) == {present}
