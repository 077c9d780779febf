"""Linking of new events to the chain, by the scheduler and by `transom migrate`.

Events are inserted without a link, so that no page waits for another one. A trigger lists them in `unlinked_events`.
"""

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Row, any_, delete, func, insert, literal, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from intake.audit import hashes
from intake.audit.hashes import EventContent
from intake.db import transaction
from intake.lifecycle import UNSENT
from intake.models import ChainProgress, Event, EventLink, Submission, UnlinkedEvent

# Advisory lock of everything that links events, or deletes salts. The number is arbitrary: the letters "CHAN".
# The functions of the database in migration 0037 use it as well.
CHAIN_LOCK = 0x4348414E

BATCH = 5000
"""Maximum number of events that one transaction links."""

LATE = timedelta(hours=1)
"""Time after which an event without a link is a fault."""

PROGRESS_SECONDS = 60
"""Seconds after which the time in `chain_progress` is updated, so that the row is not rewritten in each idle round."""

CONTENT = (Event.id, Event.name, Event.submission_id, Event.photo_id, Event.editor_id, Event.data, Event.at)
"""Columns of EventContent, in its order."""


def link_new(session: Session, limit: int = BATCH) -> int:
    """Link at most `limit` new events, in the order of their ids. Return how many `unlinked_events` were settled.

    Returns 0 while another transaction links. Events of a draft wait until it is sent, because they are deleted with it.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(CHAIN_LOCK))):
        return 0
    found = _unlinked(session, limit)
    # A restore lists events that have links already, and a deleted draft leaves ids of events that are gone.
    fresh = [EventContent(*tuple(row)[2:]) for row in found if row.linked is None and row.id is not None]
    if fresh:
        session.execute(insert(EventLink), _links(session, fresh))
    if found:
        settled = [row.listed for row in found]
        session.execute(
            delete(UnlinkedEvent).where(UnlinkedEvent.event_id == any_(literal(settled, ARRAY(BigInteger))))
        )
    if len(found) < limit:
        _note_complete(session)
    return len(found)


def link_all(told: Callable[[int], None] = lambda _count: None, limit: int = BATCH) -> int:
    """Link all new events in transactions of at most `limit`, each of which stays if the next one is interrupted.

    `told` is called with the count of each transaction. Returns the number of all.
    """
    total = 0
    while True:
        with transaction() as session:
            count = link_new(session, limit)
        told(count)
        total += count
        if count < limit:
            return total


def _unlinked(session: Session, limit: int) -> Sequence[Row[Any]]:
    """Rows of (listed id, id of a linked event or None, columns of EventContent), in the order of the ids."""
    query = (
        select(UnlinkedEvent.event_id.label("listed"), EventLink.event_id.label("linked"), *CONTENT)
        .outerjoin(Event, Event.id == UnlinkedEvent.event_id)
        .outerjoin(EventLink, EventLink.event_id == UnlinkedEvent.event_id)
        .outerjoin(Submission, Submission.id == Event.submission_id)
        .where(or_(Submission.id.is_(None), Submission.status != UNSENT))
        .order_by(UnlinkedEvent.event_id)
        .limit(limit)
    )
    return session.execute(query).all()


def _links(session: Session, events: Sequence[EventContent]) -> list[dict[str, Any]]:
    last = newest(session)
    position, previous = (last.position, last.hash) if last else (0, hashes.START)
    made = []
    for event in events:
        position += 1
        salt = secrets.token_bytes(hashes.SALT_BYTES)
        committed = hashes.commitment(salt, event)
        previous = hashes.link(previous, position, event, committed)
        made.append(
            {
                "position": position,
                "event_id": event.id,
                "salt": salt,
                "commitment": committed,
                "hash": previous,
            }
        )
    return made


def _note_complete(session: Session) -> None:
    """Store that all events have links now, if the stored time is older than PROGRESS_SECONDS."""
    note = postgresql.insert(ChainProgress).values(id=1, complete_at=func.now())
    old = ChainProgress.complete_at < func.now() - timedelta(seconds=PROGRESS_SECONDS)
    session.execute(
        note.on_conflict_do_update(index_elements=["id"], set_={"complete_at": func.now()}, where=old)
    )


def newest(session: Session) -> EventLink | None:
    """Return the last link of the chain, or None if there is none."""
    return session.scalars(select(EventLink).order_by(EventLink.position.desc()).limit(1)).first()


def begin_waiting(session: Session) -> None:
    """Count the waiting time of unlinked events from now. Called after a restore, because all restored events wait."""
    note = postgresql.insert(ChainProgress).values(id=1, complete_at=func.now())
    session.execute(
        note.on_conflict_do_update(index_elements=["id"], set_={"complete_at": note.excluded.complete_at})
    )


def late_since(session: Session) -> datetime | None:
    """Return since when events have waited for their links, if that is longer than LATE, else None.

    Counted from the last time when no event waited, or from a restore: the times of contributors' events are rounded, so
    an event does not show how long it has waited. Events of drafts do not count.
    """
    last = session.scalar(
        select(ChainProgress.complete_at).where(ChainProgress.complete_at < func.now() - LATE)
    )
    return last if last is not None and _unlinked(session, 1) else None


def forget_details(session: Session, submission_id: uuid.UUID) -> None:
    """Empty the details of a purged submission's events, cut their times to the day, and delete their salts.

    Does nothing for a submission that is not purged. The work is done by a database function (migration 0037), because
    the application's own role may not change events.
    """
    session.flush()
    session.execute(select(func.transom_forget_event_details(submission_id)))
    for event in session.identity_map.values():
        if isinstance(event, Event) and event.submission_id == submission_id:
            session.expire(event)


def delete_of_draft(session: Session, submission_id: uuid.UUID) -> None:
    """Delete the events of a draft. They have no links. Does nothing for a submission that was sent."""
    session.flush()
    session.execute(select(func.transom_delete_draft_events(submission_id)))
