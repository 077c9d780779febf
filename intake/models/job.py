"""Jobs, started by an event or a schedule, and pauses of queues.

These rows are the job ledger. The broker carries only their ids.
"""

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from intake.db import Base
from intake.job_kinds import CANARIES, QUEUES, job_kind
from intake.models import contribution_time
from intake.models.columns import EditorId, Moment, Now, Number, one_of

if TYPE_CHECKING:
    from sqlalchemy.engine.default import DefaultExecutionContext

    from intake.models.account import Editor


# Channel on which NOTIFY wakes the relay at the commit, even if the broker is down.
JOBS_CHANNEL = "transom_jobs"
ACTIVE_STATUSES = ("pending", "sent", "running")
STATUSES = (*ACTIVE_STATUSES, "done", "dead", "discarded")
OPEN_STATUSES = (*ACTIVE_STATUSES, "dead")
"""Statuses of jobs that still need a worker or an admin. Jobs with other statuses are finished."""


def _default_queue(context: "DefaultExecutionContext") -> str:
    return job_kind(context.get_current_parameters()["kind"]).queue  # type: ignore[no-untyped-call]


class Job(Base):
    """A job. A sent or running job becomes pending again if its lease is not renewed by `lease_until`.

    Once `run_at` has come, the jobs of a queue are sent in the order of `turn_at`.
    Soon after a job has ended, its times are made coarse (intake/jobs/coarsening.py), unless it is a scheduled job.
    `stage` is the last stage that a running or failed job reached, or None for kinds without stages.
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
        # Jobs whose times must still be coarsened.
        Index(
            "ix_jobs_exact",
            "finished_at",
            postgresql_where=f"slot IS NULL AND {contribution_time.exact_sql('finished_at')}",
        ),
    )

    id: Mapped[Number]
    kind: Mapped[str]
    queue: Mapped[str] = mapped_column(default=_default_queue, server_default="housekeeping")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    # Schedule and time of a scheduled job. Unique, so that two schedulers create only one job.
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
"""Condition that leaves out canaries. Counts of running jobs include canaries, which occupy a process."""


def wake_relay(session: Session) -> None:
    """Wake the relay at the commit. Sends one NOTIFY in a transaction, for any number of jobs."""
    begun = session.get_transaction()
    if begun is None or session.info.get(JOBS_CHANNEL) is not begun:
        session.execute(select(func.pg_notify(JOBS_CHANNEL, "")))
        session.info[JOBS_CHANNEL] = session.get_transaction()


class Pause(Base):
    """A paused queue. While the row exists, no job of the queue starts: new jobs wait in the ledger."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint(one_of("queue", QUEUES), name="queue"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    queue: Mapped[str] = mapped_column(primary_key=True)
    # None if the queue was paused on the command line.
    editor_id: Mapped[EditorId | None]
    reason: Mapped[str]
    at: Mapped[Now]

    editor: Mapped["Editor | None"] = relationship()
