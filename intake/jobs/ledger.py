"""The job ledger. The status of a job is: pending → sent → running → done, pending again, or dead.

Admin actions on jobs are in `admin_actions.py`. See ARCHITECTURE.md, "Jobs".
"""

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

# Ten attempts and the pauses between them take about twenty minutes: enough to free a disk or restart a
# server.
MAX_ATTEMPTS = 10
# If no worker has started a sent job after this time, the broker or a worker has lost the message.
SENT_LEASE = timedelta(seconds=30)
# Added to a job's time limit, so that a lease never ends before Celery has killed the job's process.
LEASE_BEYOND_LIMIT = timedelta(seconds=KILL_DELAY_SECONDS + 50)


Database = Session | Connection
"""Object to execute a statement with: a Session within a transaction, or a Connection from `autocommit`."""


class DueJob(NamedTuple):
    """Job to send to the broker."""

    id: int
    kind: str
    queue: str


def send_due(database: Database, limit: int, full: Collection[str] = ()) -> list[DueJob]:
    """Mark due jobs as sent, so that at most `limit` jobs of each queue wait in the broker.

    Returns the marked jobs ordered by queue and `turn_at`. Skips queues that are paused or in `full`. Two
    relays never send the same job, but together they may briefly exceed the limit.
    """
    queues = [queue for queue in QUEUES if queue not in full]
    rows = database.execute(_send_statement(), {"queues": queues, "limit": limit})
    in_turn = sorted(rows, key=lambda row: (QUEUES.index(row.queue), row.turn_at, row.id))
    return [DueJob(row.id, row.kind, row.queue) for row in in_turn]


@cache
def _send_statement() -> ReturningUpdate[int, str, str, datetime]:
    """UPDATE statement that marks as many due jobs of each queue as sent as fit, lowest `turn_at` first."""
    room = _room()
    turn = (
        select(Job.id)
        .where(Job.status == "pending", Job.queue == room.c.queue, Job.run_at <= func.now())
        .order_by(Job.turn_at, Job.id)
        .limit(func.greatest(room.c.left, 0))
        .with_for_update(skip_locked=True)
        .lateral()
    )
    # MATERIALIZED makes PostgreSQL evaluate the subquery once. A second evaluation would lock other jobs.
    due = select(turn.c.id).select_from(room).join(turn, true()).cte("due").prefix_with("MATERIALIZED")
    sent = update_jobs(Job.id == due.c.id, status="sent", lease_until=func.now() + SENT_LEASE)
    return sent.returning(Job.id, Job.kind, Job.queue, Job.turn_at)


def _room() -> Subquery:
    """Subquery with the number of further jobs that may be sent to the broker, for each unpaused queue."""
    queue = func.unnest(bindparam("queues", type_=ARRAY(Text))).column_valued("open")
    sent = aliased(Job)
    waiting = select(func.count()).where(sent.status == "sent", sent.queue == queue).scalar_subquery()
    left = (bindparam("limit", type_=Integer) - waiting).label("left")
    return select(queue.label("queue"), left).where(queue.not_in(select(Pause.queue))).subquery()


def has_due(database: Database, full: Collection[str] = ()) -> bool:
    """Return whether any job is due in a queue that is neither paused nor in `full`."""
    return bool(
        database.scalar(_due_statement(), {"queues": [queue for queue in QUEUES if queue not in full]})
    )


@cache
def _due_statement() -> Select[tuple[bool]]:
    of_these = Job.queue == func.any(bindparam("queues", type_=ARRAY(Text)))
    return select(exists().where(Job.status == "pending", Job.run_at <= func.now(), of_these, ~_paused()))


def unsend(session: Session, job_ids: Sequence[int]) -> None:
    """Set jobs that the broker refused back to pending. This does not count as an attempt."""
    session.execute(
        update_jobs(Job.id.in_(job_ids) & (Job.status == "sent"), status="pending", lease_until=None)
    )


def unsend_all(session: Session) -> int:
    """Set all sent jobs back to pending, because a restarted broker may have lost them. Returns how many."""
    return count_updated(session, update_jobs(Job.status == "sent", status="pending", lease_until=None))


def release_all(session: Session) -> None:
    """Set all running and sent jobs back to pending after a restore. Interrupted attempts are not counted."""
    session.execute(
        update_jobs(Job.status == "running", status="pending", lease_until=None, attempts=Job.attempts - 1)
    )
    unsend_all(session)


def take(database: Database, job_id: int, worker: str) -> Job | None:
    """Start a job and return it, attached to no session.

    Returns None if the job is done, discarded, dead, already running or not due. So a duplicate message
    cannot cut short the pause before a retry. If the queue was paused after the job was sent, the job is set
    back to pending, and None is returned.
    """
    taken = database.execute(_take_statement(), {"job_id": job_id, "by": worker}).one_or_none()
    if taken is None:
        sent = (Job.id == job_id) & (Job.status == "sent")
        database.execute(update_jobs(sent & _paused(), status="pending", lease_until=None))
        return None
    return Job(**taken._mapping)


def set_stage(session: Session, job: Job, stage: str) -> None:
    """Store the current stage of a running job, such as `decoding`.

    Each call is a database write, so call it only for stages that take seconds.
    """
    session.execute(update_jobs(_is_attempt(job.id, job.attempts), stage=stage))


# The statement is cached, because building it takes longer than executing it.
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
    """Mark a job that `take` returned as done. Does nothing if another worker has taken the job since."""
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
    """Record a failed attempt: set the job to pending with an exponential pause, or to dead.

    The job becomes dead if `final` is true or MAX_ATTEMPTS is reached. Does nothing if this attempt is over,
    for example because another worker has taken the job.
    """
    over = literal(final) | (Job.attempts >= MAX_ATTEMPTS)
    database.execute(
        update_jobs(_is_attempt(job.id, job.attempts), **retry_values(over), error=error, traceback=traceback)
    )


def schedule(session: Session, kind: str, slot: str) -> bool:
    """Insert a job of a scheduled kind. Returns False if a job for this slot was inserted before.

    `slot` is the kind and the number of the period. Also returns False while an earlier job of the kind is
    unfinished. So jobs do not pile up in a stopped queue.
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
    """Start scheduled jobs immediately. Returns the kinds that were started.

    A kind with an unfinished job is not started. `actor` is None if the command line starts the jobs.
    """
    started = [kind for kind in kinds if schedule(session, kind, f"{kind}@{uuid.uuid4()}")]
    for kind in started:
        record(session, "schedule.run_asked", actor=actor, kind=kind, reason=reason)
    wake_relay(session)
    return started


def _under_way(kind: str) -> ColumnElement[bool]:
    return exists().where(Job.kind == kind, Job.slot.is_not(None), Job.status.in_(ACTIVE_STATUSES))


def forget_done(session: Session, after: timedelta) -> None:
    """Delete jobs that were done or discarded longer than `after` ago. Their events stay."""
    over = Job.status.in_(("done", "discarded"))
    session.execute(delete(Job).where(over, Job.finished_at < func.now() - after))


def forget_canaries(session: Session, after: timedelta) -> None:
    """Delete canary jobs that ended longer than `after` ago, done or dead."""
    ended = Job.kind.in_(CANARIES.values()) & Job.status.in_(("done", "dead"))
    session.execute(delete(Job).where(ended, Job.finished_at < func.now() - after))


def _lease() -> ColumnElement[timedelta]:
    """SQL expression for the lease of a job, by the job's kind.

    The database computes the lease, because a worker receives only the id of a job, not its kind.
    """
    spans = {kind: literal(lease_for(work)) for kind, work in JOB_KINDS.items()}
    return case(spans, value=Job.kind, else_=literal(lease_for(UNKNOWN_KIND)))


def lease_for(work: JobKind) -> timedelta:
    """Lease of a running job of this kind: its time limit plus LEASE_BEYOND_LIMIT."""
    return timedelta(seconds=work.seconds) + LEASE_BEYOND_LIMIT


def update_jobs(which: ColumnElement[bool], **values: Any) -> Update:
    """UPDATE statement for all jobs that meet a condition."""
    return update(Job).where(which).values(**values).execution_options(synchronize_session=False)


def _is_attempt(job_id: int | BindParameter[int], attempt: int | BindParameter[int]) -> ColumnElement[bool]:
    """SQL condition that matches a job only while it runs the attempt with this number.

    A worker whose lease has expired must not end the attempt of another worker.
    """
    return (Job.id == job_id) & (Job.status == "running") & (Job.attempts == attempt)


def count_updated(session: Session, statement: Update) -> int:
    """Execute a statement from `update_jobs`. Returns how many jobs it changed."""
    return len(session.execute(statement.returning(Job.id)).all())


def retry_values(over: ColumnElement[bool]) -> dict[str, Any]:
    """Column values for a retry after 2, 4, 8 … seconds, or for a dead job if the condition `over` is true.

    A random factor between 1 and 1.5 spreads the retries of jobs that failed at the same time.
    """
    pause = func.make_interval(0, 0, 0, 0, 0, 0, func.power(2, Job.attempts) * random.uniform(1, 1.5))  # noqa: S311
    return {
        "status": case((over, "dead"), else_="pending"),
        "run_at": func.now() + pause,
        "lease_until": None,
        "finished_at": case((over, func.now()), else_=None),
    }
