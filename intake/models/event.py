"""Events. An event and its jobs are written in the same transaction as the change that the event records."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Interval,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from intake.db import AwareDateTime, Base, Bytes
from intake.job_kinds import YIELD_SECONDS, job_kind
from intake.models import contribution_time
from intake.models.columns import ContributionTime, EditorId, Number, one_of
from intake.models.job import Job, wake_relay
from intake.subscriptions import GUEST_EVENTS, JOB_EVENTS, SILENT, SUBSCRIPTIONS

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.photo import Photo
    from intake.models.submission import Submission


class Event(Base):
    """A fact about a submission or the system. `data` holds codes and numbers, never personal data.

    `at` is exact for acts of editors and facts about the system. Other times are rounded down to the precision of the
    setting `time_grain` (intake/models/contribution_time.py).

    Personal data are a contributor's words, names and addresses.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_lost", "at", postgresql_where=text("name = 'worker.lost'")),
        # Finds the events about one job: `data @> {"jobs": [<job id>]}`.
        Index(
            "ix_events_of_jobs",
            "data",
            postgresql_using="gin",
            postgresql_ops={"data": "jsonb_path_ops"},
            postgresql_where=text(one_of("name", JOB_EVENTS)),
        ),
    )

    id: Mapped[Number]
    name: Mapped[str]
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    photo_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("photos.id", ondelete="SET NULL"))
    editor_id: Mapped[EditorId | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    at: Mapped[ContributionTime]

    editor: Mapped["Editor | None"] = relationship()


class EventLink(Base):
    """Link of the hash chain of events, for one event (see intake/audit). `position` counts from 1, without gaps.

    `commitment` and `hash` are SHA-256. `salt` is None once a purge has emptied the event's details.
    """

    __tablename__ = "event_links"
    __table_args__ = (
        CheckConstraint("position > 0", name="position"),
        CheckConstraint("octet_length(commitment) = 32 AND octet_length(hash) = 32", name="hashes"),
        CheckConstraint("octet_length(salt) = 32", name="salt"),
    )

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("events.id"), unique=True)
    salt: Mapped[bytes | None] = mapped_column(Bytes)
    commitment: Mapped[bytes] = mapped_column(Bytes)
    hash: Mapped[bytes] = mapped_column(Bytes)


class UnlinkedEvent(Base):
    """Event that has no link yet. A trigger of the database inserts the row with the event.

    There is no foreign key, because it would add a lookup to every insertion of an event.
    """

    __tablename__ = "unlinked_events"

    event_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class ChainProgress(Base):
    """Single row: time when the scheduler last found all events linked."""

    __tablename__ = "chain_progress"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    complete_at: Mapped[datetime] = mapped_column(AwareDateTime)


def record(
    session: Session,
    name: str,
    submission: "Submission | None" = None,
    *,
    photo: "Photo | None" = None,
    actor: "Editor | None" = None,
    after: timedelta = timedelta(),
    **data: Any,
) -> None:
    """Write an event and the jobs that it starts. The relay and open pages are notified at the commit.

    The jobs are due after the delay `after`. A later change, such as an undo, may leave them nothing to do.
    Raises KeyError if `subscriptions` does not list the event.
    """
    data |= session.info.get(_ADDED, {}).get(name, {})
    kinds = () if name in SILENT else SUBSCRIPTIONS[name]
    yields = timedelta(seconds=YIELD_SECONDS * (photo.position - 1)) if photo else timedelta()
    session.flush()
    session.execute(
        _insert_event_and_jobs(),
        {
            "event": name,
            "submission": submission.id if submission else None,
            "photo": photo.id if photo else None,
            "actor": actor.id if actor else None,
            "facts": data,
            "exact": _is_exact(name, submission, actor),
            "kinds": list(kinds),
            "queues": [job_kind(kind).queue for kind in kinds],
            "after": after,
            "turn": after + yields,
        },
    )
    if kinds and not after:
        wake_relay(session)


_ADDED = "added_facts"


@contextmanager
def added_facts(session: Session, name: str, facts: dict[str, Any]) -> Iterator[None]:
    """Add facts to the data of every event `name` that the block records. A recorded event cannot be changed."""
    session.info[_ADDED] = {name: facts}
    try:
        yield
    finally:
        del session.info[_ADDED]


def _is_exact(name: str, submission: "Submission | None", actor: "Editor | None") -> bool:
    """Return whether an event has an exact time, as events of editors, guests and the system do.

    Events of submissions without an actor come from a contributor, or from a worker that follows within seconds.
    `editor.told` (an editor was notified) is coarse too, because a contributor's act may have caused it just before.
    """
    if name in GUEST_EVENTS:
        return True
    return actor is not None or (submission is None and name != "editor.told")


@cache
def _insert_event_and_jobs() -> Select[Any]:
    """Build the statement that inserts an event and its jobs, and notifies open pages.

    One statement does all this, for speed: a submission with 20 photos records 21 events.
    """
    event = (
        insert(Event)
        .values(
            name=bindparam("event"),
            submission_id=bindparam("submission"),
            photo_id=bindparam("photo"),
            editor_id=bindparam("actor"),
            data=bindparam("facts"),
            at=case((bindparam("exact", type_=Boolean), func.now()), else_=contribution_time.now()),
        )
        .returning(Event.id, Event.submission_id, Event.photo_id)
        .cte("event")
    )
    lists = (bindparam(name, type_=ARRAY(Text)) for name in ("kinds", "queues"))
    work = func.unnest(*lists).table_valued("kind", "queue").render_derived()
    due, turn = (func.now() + bindparam(name, type_=Interval) for name in ("after", "turn"))
    values = {
        "kind": work.c.kind,
        "queue": work.c.queue,
        "event_id": event.c.id,
        "submission_id": event.c.submission_id,
        "photo_id": event.c.photo_id,
        "status": literal("pending"),
        "attempts": literal(0),
        "run_at": due,
        "turn_at": turn,
    }
    each = select(*values.values()).select_from(event.join(work, true()))
    jobs = insert(Job).from_select(list(values), each, include_defaults=False).cte("jobs")
    return announce_statement(event.c.id).where(event.c.submission_id.is_not(None)).add_cte(jobs)


LIVE_CHANNEL = "transom_live"


def announce(session: Session, what: int | uuid.UUID) -> None:
    """Notify open pages at the commit. `what` is an event id, or a submission id if presence has changed."""
    session.execute(announce_statement(literal(str(what))))


def announce_statement(what: ColumnElement[Any]) -> Select[Any]:
    """Build the statement that notifies open pages."""
    return select(func.pg_notify(LIVE_CHANNEL, cast(what, Text)))
