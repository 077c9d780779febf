"""The jobs ledger: pending → sent → running → done, back to pending, or dead. What an admin does to it is in jobs.py. See ARCHITECTURE.md, "The life of a job"."""

import random
import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Update, case, delete, exists, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import Editor, Job, Pause, record
from intake.models.job import UNDER_WAY, wake
from intake.queues import CANARIES, OTHER, QUEUES, STRICTNESS, WORK, Work, work_of

# With the pauses between them about twenty minutes: a full disk or a restarted server is mended by then.
MAX_ATTEMPTS = 10
# A sent job that no worker took up: the broker was wiped, or the worker died with it in hand.
SENT_LEASE = timedelta(seconds=30)
# What a lease is longer than the limit at which a job's process is killed, so that it never ends under a living job.
LEASE_BEYOND_LIMIT = timedelta(seconds=STRICTNESS + 50)


class Due(NamedTuple):
    """A job that is to be sent."""

    id: int
    kind: str
    queue: str


def send_due(session: Session, limit: int, full: Collection[str] = ()) -> list[Due]:
    """Mark due jobs as sent, so that of each queue at most `limit` wait in the broker; the jobs, queue by queue in turn.

    Of a queue that is paused, or `full`, none is sent. Two relays at once never send the same job, but may exceed the limit together for
    a moment.
    """
    waiting: dict[str, int] = dict(
        session.execute(select(Job.queue, func.count()).where(Job.status == "sent").group_by(Job.queue)).all()
    )
    open_queues = set(QUEUES) - set(full) - set(session.scalars(select(Pause.queue)))
    found = [
        due
        for queue in QUEUES
        if queue in open_queues and waiting.get(queue, 0) < limit
        for due in _next_in_turn(session, queue, limit - waiting.get(queue, 0))
    ]
    if found:
        ids = [due.id for due in found]
        session.execute(mark(Job.id.in_(ids), status="sent", lease_until=func.now() + SENT_LEASE))
    return found


def _next_in_turn(session: Session, queue: str, limit: int) -> list[Due]:
    due = (
        select(Job.id, Job.kind, Job.queue)
        .where(Job.status == "pending", Job.queue == queue, Job.run_at <= func.now())
        .order_by(Job.turn_at, Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Due(*row) for row in session.execute(due)]


def unsend(session: Session, job_ids: Sequence[int]) -> None:
    """The broker did not take these: pending again at once, and no attempt is counted."""
    session.execute(mark(Job.id.in_(job_ids) & (Job.status == "sent"), status="pending", lease_until=None))


def unsend_all(session: Session) -> int:
    """The broker was restarted or wiped: what it held may be gone. Returns how many are pending again."""
    return count(session, mark(Job.status == "sent", status="pending", lease_until=None))


def release_all(session: Session) -> None:
    """Nobody works on what was just restored: all pending again, and an attempt that was cut off is not counted."""
    session.execute(
        mark(Job.status == "running", status="pending", lease_until=None, attempts=Job.attempts - 1)
    )
    unsend_all(session)


def take(session: Session, job_id: int, worker: str) -> Job | None:
    """Begin a job; None if it is done, dead, in other hands, or not due: a late copy must not skip the pause.

    One that was sent before its queue was paused is pending again, and None.
    """
    due = (Job.status == "sent") | ((Job.status == "pending") & (Job.run_at <= func.now()))
    paused = Job.queue.in_(select(Pause.queue))
    claim = (
        mark(
            (Job.id == job_id) & due & ~paused,
            status="running",
            worker=worker,
            attempts=Job.attempts + 1,
            started_at=func.now(),
            stage=None,
            lease_until=func.now() + _lease(),
        )
        .returning(Job)
        .execution_options(populate_existing=True)
    )
    taken = session.scalars(claim).one_or_none()
    if taken is None:
        session.execute(
            mark(
                (Job.id == job_id) & (Job.status == "sent") & paused,
                status="pending",
                lease_until=None,
            )
        )
    return taken


def reach(session: Session, job: Job, stage: str) -> None:
    """The job, as `take` gave it, has come so far. It costs a write: for milestones of what takes seconds."""
    session.execute(mark(_still_ours(job), stage=stage))


def finish(session: Session, job: Job) -> None:
    """The job, as `take` gave it, did what it should. Nothing if it has been given to somebody else meanwhile."""
    session.execute(
        mark(
            _still_ours(job),
            status="done",
            lease_until=None,
            finished_at=func.now(),
            stage=None,
            error=None,
            traceback=None,
        )
    )


def fail(session: Session, job: Job, *, error: str, traceback: str, final: bool = False) -> None:
    """The attempt failed: pending again after a pause that doubles, or dead when `final` or tried too often.

    Nothing if the job has been given to somebody else meanwhile.
    """
    over = literal(final) | (Job.attempts >= MAX_ATTEMPTS)
    session.execute(mark(_still_ours(job), **back(over), error=error, traceback=traceback))


def schedule(session: Session, kind: str, slot: str) -> bool:
    """Start a job for the clock; False if this slot was started before, by this scheduler or another.

    Also False while an earlier one of the kind is under way: behind a queue that stands still they must not pile up.
    """
    row = select(literal(kind), literal(work_of(kind).queue), literal(slot)).where(~_under_way(kind))
    started = session.execute(
        insert(Job)
        .from_select(["kind", "queue", "slot"], row)
        .on_conflict_do_nothing(index_elements=[Job.slot])
        .returning(Job.id)
    ).scalar()
    return started is not None


def run_now(
    session: Session, kinds: Sequence[str], actor: Editor | None = None, reason: str = ""
) -> list[str]:
    """Start jobs of the clock that are not due yet; the kinds of those that were not under way already.

    Without an actor it was a command on the machine.
    """
    started = [kind for kind in kinds if schedule(session, kind, f"{kind}@{uuid.uuid4()}")]
    for kind in started:
        record(session, "schedule.run_asked", actor=actor, kind=kind, reason=reason)
    wake(session)
    return started


def _under_way(kind: str) -> ColumnElement[bool]:
    return exists().where(Job.kind == kind, Job.slot.is_not(None), Job.status.in_(UNDER_WAY))


def forget_done(session: Session, after: timedelta) -> None:
    """Delete the rows of jobs that were done or discarded longer than `after` ago; their events stay."""
    over = Job.status.in_(("done", "discarded"))
    session.execute(delete(Job).where(over, Job.finished_at < func.now() - after))


def forget_canaries(session: Session, after: timedelta) -> None:
    """Delete the rows of canaries that ended longer than `after` ago, well or not."""
    ended = Job.kind.in_(CANARIES.values()) & Job.status.in_(("done", "dead"))
    session.execute(delete(Job).where(ended, Job.finished_at < func.now() - after))


def _lease() -> ColumnElement[timedelta]:
    """By the kind of the job, of which only the database knows."""
    spans = {kind: literal(lease_of(work)) for kind, work in WORK.items()}
    return case(spans, value=Job.kind, else_=literal(lease_of(OTHER)))


def lease_of(work: Work) -> timedelta:
    """How long a job of such work may run in silence."""
    return timedelta(seconds=work.seconds) + LEASE_BEYOND_LIMIT


def mark(which: ColumnElement[bool], **values: Any) -> Update:
    """A change of all jobs of which `which` holds."""
    return update(Job).where(which).values(**values).execution_options(synchronize_session=False)


def _still_ours(job: Job) -> ColumnElement[bool]:
    """The same attempt: a worker that was believed dead must not settle what another runs by now."""
    return (Job.id == job.id) & (Job.status == "running") & (Job.attempts == job.attempts)


def count(session: Session, statement: Update) -> int:
    """Carry out what `mark` wrote; how many jobs it changed."""
    return len(session.execute(statement.returning(Job.id)).all())


def back(over: ColumnElement[bool]) -> dict[str, Any]:
    """Pending after 2, 4, 8 … seconds, spread by up to a half so that a burst does not come back as one."""
    pause = func.make_interval(0, 0, 0, 0, 0, 0, func.power(2, Job.attempts) * random.uniform(1, 1.5))  # noqa: S311
    return {
        "status": case((over, "dead"), else_="pending"),
        "run_at": func.now() + pause,
        "lease_until": None,
        "finished_at": case((over, func.now()), else_=None),
    }
