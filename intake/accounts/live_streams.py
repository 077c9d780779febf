"""Live streams of a person's open pages, counted across all web processes."""

import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.models import LiveStream
from intake.models.event import LIVE_CHANNEL

MOST_STREAMS = 3
"""Largest number of live streams of one person. The oldest is closed when another one opens."""
STREAM_NOTICE = "stream:"
"""Prefix of a live notice that a stream must close. The stream's id follows."""
STREAMS_KEPT = timedelta(hours=1)
"""Age from which a row must have been left by a killed process. Streams live ten minutes."""
_LOCKS = 0x5354524D  # first key of the advisory locks; arbitrary: the letters "STRM"


def open_stream(session: Session, stream_id: uuid.UUID, editor_id: int) -> list[uuid.UUID]:
    """Record a new stream. Closes the person's oldest streams above MOST_STREAMS, and returns their ids."""
    # Two streams that open at the same time must see each other.
    session.execute(select(func.pg_advisory_xact_lock(_LOCKS, func.hashint8(editor_id))))
    session.add(LiveStream(id=stream_id, editor_id=editor_id))
    session.flush()
    kept = (
        select(LiveStream.id)
        .where(LiveStream.editor_id == editor_id)
        .order_by(LiveStream.opened_at.desc())
        .limit(MOST_STREAMS)
    )
    surplus = delete(LiveStream).where(LiveStream.editor_id == editor_id, LiveStream.id.not_in(kept))
    closed = list(session.scalars(surplus.returning(LiveStream.id)))
    for one in closed:
        session.execute(select(func.pg_notify(LIVE_CHANNEL, f"{STREAM_NOTICE}{one}")))
    return closed


def close_stream(session: Session, stream_id: uuid.UUID) -> None:
    """Delete the record of a stream that has ended."""
    session.execute(delete(LiveStream).where(LiveStream.id == stream_id))


def forget_lost(session: Session) -> None:
    """Delete the records of streams whose process was killed."""
    session.execute(delete(LiveStream).where(LiveStream.opened_at < func.now() - STREAMS_KEPT))
