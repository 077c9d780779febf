"""The jobs ledger: pending → sent → running → done, retry_values to pending, or dead. What an admin does to it is in jobs.py. See ARCHITECTURE.md, "Jobs"."""

import random
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    Text,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from intake.job_kinds import CANARIES, JOB_KINDS, KILL_DELAY_SECONDS, QUEUES, UNKNOWN_KIND, JobKind, job_kind
from intake.models import Editor, Job, Pause, record
from intake.models.job import ACTIVE_STATUSES, wake_relay

# With the pauses between them about twenty minutes: a full disk or a restarted server is mended by then.
MAX_ATTEMPTS = 10
# A sent job that no worker took up: the broker was wiped, or the worker died with it in hand.
SENT_LEASE = timedelta(seconds=30)
# What a lease is longer than the limit at which a job's process is killed, so that it never ends under a living job.
LEASE_BEYOND_LIMIT = timedelta(seconds=KILL_DELAY_SECONDS + 50)


Database = Session | Connection
"""What carries a statement out: within a transaction, or `autocommit`."""


class DueJob(NamedTuple):
    """A job that is to be sent."""

    id: int
    kind: str
    queue: str


def send_due(database: Database, limit: int, full: Collection[str] = ()) -> list[DueJob]:
    """Mark due jobs as sent, so that of each queue at most `limit` wait in the broker; the jobs, queue by queue in turn.

    Of a queue that is paused, or `full`, none is sent. Two relays at once never send the same job, but may exceed the limit together for
    a moment.
    """
    queues = [queue for queue in QUEUES if queue not in full]
    rows = database.execute(_send_statement(), {"queues": queues, "limit": limit})
    in_turn = sorted(rows, key=lambda row: (QUEUES.index(row.queue), row.turn_at, row.id))
    return [DueJob(row.id, row.kind, row.queue) for row in in_turn]


@cache
def _send_statement() -> ReturningUpdate[int, str, str, datetime]:
    """One statement: what room there is, whose turn it is, the update_jobs."""
    room = _room()
    turn = (
        select(Job.id)
        .where(Job.status == "pending", Job.queue == room.c.queue, Job.run_at <= func.now())
        .order_by(Job.turn_at, Job.id)
        .limit(func.greatest(room.c.left, 0))
        .with_for_update(skip_locked=True)
        .lateral()
    )
    # Materialized: a plan that looked for them once more would find others.
    due = select(turn.c.id).select_from(room).join(turn, true()).cte("due").prefix_with("MATERIALIZED")
    sent = update_jobs(Job.id == due.c.id, status="sent", lease_until=func.now() + SENT_LEASE)
    return sent.returning(Job.id, Job.kind, Job.queue, Job.turn_at)


def _room() -> Subquery:
    """How many more jobs may wait in the broker, by queue; of those of `queues` that are not paused."""
    queue = func.unnest(bindparam("queues", type_=ARRAY(Text))).column_valued("open")
    sent = aliased(Job)
    waiting = select(func.count()).where(sent.status == "sent", sent.queue == queue).scalar_subquery()
    left = (bindparam("limit", type_=Integer) - waiting).label("left")
    return select(queue.label("queue"), left).where(queue.not_in(select(Pause.queue))).subquery()


def has_due(database: Database, full: Collection[str] = ()) -> bool:
    """Whether some could be sent if there were room for them."""
    return bool(
        database.scalar(_due_statement(), {"queues": [queue for queue in QUEUES if queue not in full]})
    )


@cache
def _due_statement() -> Select[tuple[bool]]:
    of_these = Job.queue == func.any(bindparam("queues", type_=ARRAY(Text)))
    return select(exists().where(Job.status == "pending", Job.run_at <= func.now(), of_these, ~_paused()))


def unsend(session: Session, job_ids: Sequence[int]) -> None:
    """The broker did not take these: pending again at once, and no attempt is counted."""
    session.execute(
        update_jobs(Job.id.in_(job_ids) & (Job.status == "sent"), status="pending", lease_until=None)
    )


def unsend_all(session: Session) -> int:
    """The broker was restarted or wiped: what it held may be gone. Returns how many are pending again."""
    return count_updated(session, update_jobs(Job.status == "sent", status="pending", lease_until=None))


def release_all(session: Session) -> None:
    """Nobody works on what was just restored: all pending again, and an attempt that was cut off is not counted."""
    session.execute(
        update_jobs(Job.status == "running", status="pending", lease_until=None, attempts=Job.attempts - 1)
    )
    unsend_all(session)


def take(database: Database, job_id: int, worker: str) -> Job | None:
    """Begin a job; None if it is done, dead, in other hands, or not due: a late copy must not skip the pause.

    One that was sent before its queue was paused is pending again, and None. The job belongs to no session.
    """
    taken = database.execute(_take_statement(), {"job_id": job_id, "by": worker}).one_or_none()
    if taken is None:
        sent = (Job.id == job_id) & (Job.status == "sent")
        database.execute(update_jobs(sent & _paused(), status="pending", lease_until=None))
        return None
    return Job(**taken._mapping)


def set_stage(session: Session, job: Job, stage: str) -> None:
    """The job, as `take` gave it, has come so far. It costs a write: for milestones of what takes seconds."""
    session.execute(update_jobs(_is_attempt(job.id, job.attempts), stage=stage))


# Made once: putting it together takes longer than carrying it out.
@cache
def _take_statement() -> ReturningUpdate[Any]:
    due = (Job.status == "sent") | ((Job.status == "pending") & (Job.run_at <= func.now()))
    begun = update_jobs(
        (Job.id == bindparam("job_id")) & due & ~_paused(),
        status="running",
        worker=bindparam("by"),
        attempts=Job.attempts + 1,
        started_at=func.now(),
        stage=None,
        lease_until=func.now() + _lease(),
    )
    return begun.returning(*Job.__table__.columns)


def _paused() -> ColumnElement[bool]:
    return Job.queue.in_(select(Pause.queue))


def finish(database: Database, job: Job) -> None:
    """The job, as `take` gave it, did what it should. Nothing if it has been given to somebody else meanwhile."""
    database.execute(_finish_statement(), {"job_id": job.id, "attempt": job.attempts})


@cache
def _finish_statement() -> Update:
    done = {
        "status": "done",
        "lease_until": None,
        "finished_at": func.now(),
        "stage": None,
        "error": None,
        "traceback": None,
    }
    return update_jobs(_is_attempt(bindparam("job_id"), bindparam("attempt")), **done)


def fail(database: Database, job: Job, *, error: str, traceback: str, final: bool = False) -> None:
    """The attempt failed: pending again after a pause that doubles, or dead when `final` or tried too often.

    Nothing if the job has been given to somebody else meanwhile.
    """
    over = literal(final) | (Job.attempts >= MAX_ATTEMPTS)
    database.execute(
        update_jobs(_is_attempt(job.id, job.attempts), **retry_values(over), error=error, traceback=traceback)
    )


def schedule(session: Session, kind: str, slot: str) -> bool:
    """Start a job for the clock; False if this slot was started before, by this scheduler or another.

    Also False while an earlier one of the kind is under way: behind a queue that stands still they must not pile up.
    """
    row = select(literal(kind), literal(job_kind(kind).queue), literal(slot)).where(~_under_way(kind))
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
    wake_relay(session)
    return started


def _under_way(kind: str) -> ColumnElement[bool]:
    return exists().where(Job.kind == kind, Job.slot.is_not(None), Job.status.in_(ACTIVE_STATUSES))


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
    spans = {kind: literal(lease_for(work)) for kind, work in JOB_KINDS.items()}
    return case(spans, value=Job.kind, else_=literal(lease_for(UNKNOWN_KIND)))


def lease_for(work: JobKind) -> timedelta:
    """How long a job of such work may run in silence."""
    return timedelta(seconds=work.seconds) + LEASE_BEYOND_LIMIT


def update_jobs(which: ColumnElement[bool], **values: Any) -> Update:
    """A change of all jobs of which `which` holds."""
    return update(Job).where(which).values(**values).execution_options(synchronize_session=False)


def _is_attempt(job_id: int | BindParameter[int], attempt: int | BindParameter[int]) -> ColumnElement[bool]:
    """The same one still: a worker that was believed dead must not settle what another runs by now."""
    return (Job.id == job_id) & (Job.status == "running") & (Job.attempts == attempt)


def count_updated(session: Session, statement: Update) -> int:
    """Carry out what `update_jobs` wrote; how many jobs it changed."""
    return len(session.execute(statement.returning(Job.id)).all())


def retry_values(over: ColumnElement[bool]) -> dict[str, Any]:
    """Pending after 2, 4, 8 … seconds, spread by up to a half so that a burst does not come retry_values as one."""
    pause = func.make_interval(0, 0, 0, 0, 0, 0, func.power(2, Job.attempts) * random.uniform(1, 1.5))  # noqa: S311
    return {
        "status": case((over, "dead"), else_="pending"),
        "run_at": func.now() + pause,
        "lease_until": None,
        "finished_at": case((over, func.now()), else_=None),
    }
