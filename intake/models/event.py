"""A fact, written in the transaction of the change that it tells of, together with the jobs that it starts."""

import uuid
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    ForeignKey,
    Index,
    Interval,
    Select,
    Text,
    bindparam,
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

from intake.db import Base
from intake.job_kinds import YIELD_SECONDS, job_kind
from intake.models.columns import EditorId, Now, Number, one_of
from intake.models.job import Job, wake
from intake.subscriptions import OF_JOBS, SILENT, SUBSCRIPTIONS

if TYPE_CHECKING:
    from intake.models.account import Editor
    from intake.models.photo import Photo
    from intake.models.submission import Submission


class Event(Base):
    """`data` holds codes and numbers, never a contributor's words, names or addresses."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_lost", "at", postgresql_where=text("name = 'worker.lost'")),
        # Which of them tell of one job: `data @> {"jobs": [its number]}`.
        Index(
            "ix_events_of_jobs",
            "data",
            postgresql_using="gin",
            postgresql_ops={"data": "jsonb_path_ops"},
            postgresql_where=text(one_of("name", OF_JOBS)),
        ),
    )

    id: Mapped[Number]
    name: Mapped[str]
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    photo_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("photos.id", ondelete="SET NULL"))
    editor_id: Mapped[EditorId | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    at: Mapped[Now]

    editor: Mapped["Editor | None"] = relationship()


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
    """Write an event and the jobs that its name starts; the relay and open pages hear of them when the transaction commits.

    The jobs are due `after` so long; until then they can be made void by what they find when they run.

    KeyError for a name that `subscriptions` does not know.
    """
    kinds = () if name in SILENT else SUBSCRIPTIONS[name]
    yields = timedelta(seconds=YIELD_SECONDS * (photo.position - 1)) if photo else timedelta()
    session.flush()
    session.execute(
        _writing(),
        {
            "event": name,
            "submission": submission.id if submission else None,
            "photo": photo.id if photo else None,
            "actor": actor.id if actor else None,
            "facts": data,
            "kinds": list(kinds),
            "queues": [job_kind(kind).queue for kind in kinds],
            "after": after,
            "turn": after + yields,
        },
    )
    if kinds and not after:
        wake(session)


@cache
def _writing() -> Select[Any]:
    """One statement for the event, its jobs, and those who watch: a submission with 20 photos brings 21 of these."""
    event = (
        insert(Event)
        .values(
            name=bindparam("event"),
            submission_id=bindparam("submission"),
            photo_id=bindparam("photo"),
            editor_id=bindparam("actor"),
            data=bindparam("facts"),
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
    return announcing(event.c.id).where(event.c.submission_id.is_not(None)).add_cte(jobs)


CHANNEL = "transom_live"


def announce(session: Session, what: int | uuid.UUID) -> None:
    """Say at the commit that there is an event (its id), or somebody else before a submission (the submission's)."""
    session.execute(announcing(literal(str(what))))


def announcing(what: ColumnElement[Any]) -> Select[Any]:
    """The statement that says it."""
    return select(func.pg_notify(CHANNEL, cast(what, Text)))
