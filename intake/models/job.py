"""One piece of work that an event or the clock starts. The rows are the ledger; the broker only carries ids."""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from intake.db import Base
from intake.job_kinds import CANARIES, QUEUES, job_kind
from intake.models.columns import EditorId, Moment, Now, Number, one_of

if TYPE_CHECKING:
    from sqlalchemy.engine.default import DefaultExecutionContext

    from intake.models.account import Editor


# PostgreSQL's NOTIFY tells the relay at the very moment of the commit, whether or not the broker is up.
CHANNEL = "transom_jobs"
UNDER_WAY = ("pending", "sent", "running")
STATUSES = (*UNDER_WAY, "done", "dead", "discarded")
OPEN_STATUSES = (*UNDER_WAY, "dead")
"""Of jobs that still ask for work, of a machine or of an admin; all others are over."""


def _its_queue(context: "DefaultExecutionContext") -> str:
    return job_kind(context.get_current_parameters()["kind"]).queue  # type: ignore[no-untyped-call]


class Job(Base):
    """`lease_until` is how long a sent or running job may stay silent before it is pending again.

    Jobs of a queue are sent in the order of `turn_at`, once `run_at` has come. `stage` is how far a running one has come, and
    one that failed had; None where its kind does not tell.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("event_id", "kind"),
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("queue", QUEUES), name="queue"),
        CheckConstraint("(status IN ('sent', 'running')) = (lease_until IS NOT NULL)", name="lease"),
        CheckConstraint("(event_id IS NULL) <> (slot IS NULL)", name="started_by_event_or_clock"),
        CheckConstraint("status <> 'dead' OR error IS NOT NULL", name="dead_says_why"),
        CheckConstraint("status <> 'running' OR num_nonnulls(worker, started_at) = 2", name="running"),
        CheckConstraint(
            "status NOT IN ('done', 'dead', 'discarded') OR finished_at IS NOT NULL", name="finished"
        ),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_jobs_due", "status", "queue", "turn_at", "id"),
        Index("ix_jobs_finished", "queue", "finished_at", postgresql_where="finished_at IS NOT NULL"),
        Index("ix_jobs_created", "created_at", postgresql_using="brin"),
    )

    id: Mapped[Number]
    kind: Mapped[str]
    queue: Mapped[str] = mapped_column(default=_its_queue, server_default="housekeeping")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    # Schedule and time of a job that the clock starts; unique, so two schedulers start it once.
    slot: Mapped[str | None] = mapped_column(unique=True)
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    photo_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("photos.id", ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Now]
    run_at: Mapped[Now]
    turn_at: Mapped[Now]
    lease_until: Mapped[Moment]
    started_at: Mapped[Moment]
    finished_at: Mapped[Moment]
    worker: Mapped[str | None]
    stage: Mapped[str | None]
    error: Mapped[str | None]
    traceback: Mapped[str | None]


NOT_A_CANARY = Job.kind.not_in(CANARIES.values())
"""What people mean by jobs: canaries are counted among what runs, where they take a place, and nowhere else."""


def wake(session: Session) -> None:
    """Tell the relay, at the commit, that there is something to send; once in a transaction, however many jobs it brings."""
    begun = session.get_transaction()
    if begun is None or session.info.get(CHANNEL) is not begun:
        session.execute(select(func.pg_notify(CHANNEL, "")))
        session.info[CHANNEL] = session.get_transaction()


class Pause(Base):
    """While the row is there, no job of the queue is begun; those that come wait in the ledger."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint(one_of("queue", QUEUES), name="queue"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    queue: Mapped[str] = mapped_column(primary_key=True)
    # Nobody, where it was paused by a command on the machine.
    editor_id: Mapped[EditorId | None]
    reason: Mapped[str]
    at: Mapped[Now]

    editor: Mapped["Editor | None"] = relationship()
