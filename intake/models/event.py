"""A fact, written in the transaction of the change that it tells of, together with the jobs that it starts."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from intake.db import Base
from intake.models.columns import EditorId, Now, Number, one_of
from intake.models.job import Job, wake
from intake.models.live import announce
from intake.queues import YIELD_SECONDS
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
) -> Event:
    """Write an event and the jobs that its name starts; the relay and open pages hear of them when the transaction commits.

    The jobs are due `after` so long; until then they can be made void by what they find when they run.

    KeyError for a name that `subscriptions` does not know.
    """
    kinds = () if name in SILENT else SUBSCRIPTIONS[name]
    event = Event(
        name=name,
        submission_id=submission.id if submission else None,
        photo_id=photo.id if photo else None,
        editor_id=actor.id if actor else None,
        data=data,
    )
    session.add(event)
    session.flush()
    yields = timedelta(seconds=YIELD_SECONDS * (photo.position - 1)) if photo else timedelta()
    for kind in kinds:
        session.add(
            Job(
                kind=kind,
                event_id=event.id,
                submission_id=event.submission_id,
                photo_id=event.photo_id,
                run_at=func.now() + after,
                turn_at=func.now() + after + yields,
            )
        )
    if kinds and not after:
        wake(session)
    if submission:
        announce(session, event.id)
    return event
