"""Queues of the ledger: waiting and running jobs, the last canary (test job), and pauses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload

from intake.job_kinds import CANARIES, QUEUES
from intake.models import Editor, Job, Pause, record
from intake.models.job import NOT_A_CANARY, wake_relay


@dataclass(frozen=True)
class Canary:
    """Canaries of a queue: test jobs that run every minute.

    `at` is when the last canary ended, `well_at` when the last successful canary ended. `error` is the error
    of the last canary, empty if it succeeded.
    """

    at: datetime | None
    well_at: datetime | None
    error: str


@dataclass(frozen=True)
class Queue:
    """Figures of one queue.

    `waiting` is the number of jobs that are due and not started, `submissions` the number of their
    submissions. `since` is when the oldest waiting job was due. These three figures leave out canaries.
    `due_since` is like `since`, but includes canaries, as `last_ended_at` does. `running` has the kind and
    the start time of each running job.
    """

    name: str
    waiting: int
    submissions: int
    since: datetime | None
    due_since: datetime | None
    running: tuple[tuple[str, datetime], ...]
    last_ended_at: datetime | None
    canary: Canary
    pause: Pause | None


def queues(session: Session) -> list[Queue]:
    """All queues, in the order in which a submission passes through them."""
    waiting, running, ended = _waiting(session), _running(session), _ended(session)
    pauses = {one.queue: one for one in session.scalars(select(Pause).options(joinedload(Pause.editor)))}
    return [
        Queue(
            name,
            *waiting.get(name, (0, 0, None, None)),
            tuple(running.get(name, ())),
            *ended[name],
            pauses.get(name),
        )
        for name in QUEUES
    ]


def _waiting(session: Session) -> dict[str, tuple[int, int, datetime | None, datetime | None]]:
    rows = session.execute(
        select(
            Job.queue,
            func.count().filter(NOT_A_CANARY),
            func.count(Job.submission_id.distinct()),
            func.min(Job.run_at).filter(NOT_A_CANARY),
            func.min(Job.run_at),
        )
        .where(Job.status.in_(("pending", "sent")), Job.run_at <= func.now())
        .group_by(Job.queue)
    )
    return {name: figures for name, *figures in rows}  # type: ignore[misc]


def _running(session: Session) -> dict[str, list[tuple[str, datetime]]]:
    found: dict[str, list[tuple[str, datetime]]] = {}
    rows = select(Job.queue, Job.kind, Job.started_at).where(Job.status == "running").order_by(Job.started_at)
    for queue, kind, since in session.execute(rows):
        if since is not None:
            found.setdefault(queue, []).append((kind, since))
    return found


def _ended(session: Session) -> dict[str, tuple[datetime | None, Canary]]:
    """Name of a queue → time when its last job ended, and its canaries.

    Each time is a `max()` that PostgreSQL reads from the end of an index, because there may be a million
    rows.
    """
    asked = {
        queue: (_last(queue), _last(queue, _is_canary(queue)), _last(queue, _is_canary(queue), Job.status == "done"))
        for queue in QUEUES
    }  # fmt: skip
    moments = iter(session.execute(select(*(one for three in asked.values() for one in three))).one())
    found = {queue: (next(moments), next(moments), next(moments)) for queue in QUEUES}
    return {
        queue: (ended, Canary(at, well_at, _error(session, queue, at) if at != well_at else ""))
        for queue, (ended, at, well_at) in found.items()
    }


def _last(queue: str, *which: ColumnElement[bool]) -> ScalarSelect[datetime | None]:
    return select(func.max(Job.finished_at)).where(Job.queue == queue, *which).scalar_subquery()


def _is_canary(queue: str) -> ColumnElement[bool]:
    return Job.kind == CANARIES[queue]


def _error(session: Session, queue: str, at: datetime | None) -> str:
    died = select(Job.error).where(Job.queue == queue, _is_canary(queue), Job.finished_at == at)
    return session.scalar(died.limit(1)) or ""


def pause(session: Session, queue: str, reason: str, actor: Editor | None = None) -> bool:
    """Pause a queue: its waiting jobs do not start, its running jobs finish.

    Returns False if the queue is paused already. The first reason then stays. `actor` is None if the command
    line pauses the queue.
    """
    row = {"queue": queue, "reason": reason, "editor_id": actor.id if actor else None}
    paused = session.execute(
        insert(Pause).values(row).on_conflict_do_nothing().returning(Pause.queue)
    ).scalar()
    if paused is None:
        return False
    record(session, "queue.paused", actor=actor, queue=queue, reason=reason)
    return True


def resume(session: Session, queue: str, actor: Editor | None = None) -> bool:
    """Resume a paused queue. Returns False if it was not paused."""
    found = session.get(Pause, queue, with_for_update=True)
    if found is None:
        return False
    session.delete(found)
    record(session, "queue.resumed", actor=actor, queue=queue)
    wake_relay(session)
    return True
