"""The jobs ledger: pending → sent → running → done, back to pending, or dead. See ARCHITECTURE.md, "The life of a job"."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, case, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.actions.errors import NotFound
from intake.models import Editor, Job, Submission, record
from intake.models.job import wake

# With the pauses between them about twenty minutes: a full disk or a restarted server is mended by then.
MAX_ATTEMPTS = 10
# A sent job that no worker took up: the broker was wiped, or the worker died with it in hand.
SENT_LEASE = timedelta(seconds=30)
# Longer than the hard time limit of a task (workers/app.py), so a lease never ends under a living job.
RUNNING_LEASE = timedelta(seconds=200)
LOST = "the worker stopped answering while it had this job"


def send_due(session: Session, limit: int) -> list[int]:
    """Mark due jobs as sent, oldest first, so that at most `limit` wait in the broker; return their ids in that order.

    Two relays at once never send the same job, but may exceed the limit together for a moment.
    """
    waiting = session.scalar(select(func.count()).where(Job.status == "sent")) or 0
    due = (
        select(Job.id)
        .where(Job.status == "pending", Job.run_at <= func.now())
        .order_by(Job.run_at, Job.id)
        .limit(max(0, limit - waiting))
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(due))
    if ids:
        session.execute(_mark(Job.id.in_(ids), status="sent", lease_until=func.now() + SENT_LEASE))
    return ids


def unsend(session: Session, job_ids: Sequence[int]) -> None:
    """The broker did not take these: pending again at once, and no attempt is counted."""
    session.execute(_mark(Job.id.in_(job_ids) & (Job.status == "sent"), status="pending", lease_until=None))


def unsend_all(session: Session) -> int:
    """The broker was restarted or wiped: what it held may be gone. Returns how many are pending again."""
    return _count(session, _mark(Job.status == "sent", status="pending", lease_until=None))


def release_all(session: Session) -> None:
    """Nobody works on what was just restored: all pending again, and an attempt that was cut off is not counted."""
    session.execute(
        _mark(Job.status == "running", status="pending", lease_until=None, attempts=Job.attempts - 1)
    )
    unsend_all(session)


def take(session: Session, job_id: int, worker: str) -> Job | None:
    """Begin a job; None if it is done, dead, in other hands, or not due: a late copy must not skip the pause."""
    due = (Job.status == "sent") | ((Job.status == "pending") & (Job.run_at <= func.now()))
    claim = (
        _mark(
            (Job.id == job_id) & due,
            status="running",
            worker=worker,
            attempts=Job.attempts + 1,
            started_at=func.now(),
            lease_until=func.now() + RUNNING_LEASE,
        )
        .returning(Job)
        .execution_options(populate_existing=True)
    )
    return session.scalars(claim).one_or_none()


def finish(session: Session, job: Job) -> None:
    """The job, as `take` gave it, did what it should. Nothing if it has been given to somebody else meanwhile."""
    session.execute(
        _mark(
            _still_ours(job),
            status="done",
            lease_until=None,
            finished_at=func.now(),
            error=None,
            traceback=None,
        )
    )


def fail(session: Session, job: Job, *, error: str, traceback: str, final: bool = False) -> None:
    """The attempt failed: pending again after a pause that doubles, or dead when `final` or tried too often.

    Nothing if the job has been given to somebody else meanwhile.
    """
    over = literal(final) | (Job.attempts >= MAX_ATTEMPTS)
    session.execute(_mark(_still_ours(job), **_back(over), error=error, traceback=traceback))


def return_expired(session: Session) -> int:
    """Jobs whose lease ran out: pending again (dead when tried too often). Returns how many."""
    sent = _count(
        session,
        _mark((Job.status == "sent") & (Job.lease_until < func.now()), status="pending", lease_until=None),
    )
    return sent + _give_back(session, (Job.status == "running") & (Job.lease_until < func.now()))


def return_of_worker(session: Session, worker: str) -> int:
    """A worker of this name starts: what its predecessor was running is pending again. Returns how many."""
    return _give_back(session, (Job.status == "running") & (Job.worker == worker))


def retry(session: Session, job_id: int, admin: Editor) -> Job:
    """An admin's retry of a dead job, with all its attempts anew; NotFound if it is not dead."""
    job = session.scalar(select(Job).where(Job.id == job_id, Job.status == "dead").with_for_update())
    if job is None:
        raise NotFound
    job.status, job.attempts, job.run_at, job.finished_at = "pending", 0, func.now(), None
    submission = session.get(Submission, job.submission_id) if job.submission_id else None
    record(session, "job.retried", submission, actor=admin, kind=job.kind)
    wake(session)
    return job


def schedule(session: Session, kind: str, slot: str) -> bool:
    """Start a job for the clock; False if this slot was started before, by this scheduler or another."""
    started = session.execute(
        insert(Job)
        .values(kind=kind, slot=slot)
        .on_conflict_do_nothing(index_elements=[Job.slot])
        .returning(Job.id)
    ).scalar()
    return started is not None


def forget_done(session: Session, after: timedelta) -> None:
    """Delete the rows of jobs that were done longer than `after` ago; their events stay."""
    session.execute(delete(Job).where(Job.status == "done", Job.finished_at < func.now() - after))


def _mark(which: ColumnElement[bool], **values: Any) -> Update:
    return update(Job).where(which).values(**values).execution_options(synchronize_session=False)


def _still_ours(job: Job) -> ColumnElement[bool]:
    """The same attempt: a worker that was believed dead must not settle what another runs by now."""
    return (Job.id == job.id) & (Job.status == "running") & (Job.attempts == job.attempts)


def _count(session: Session, statement: Update) -> int:
    return len(session.execute(statement.returning(Job.id)).all())


def _give_back(session: Session, which: ColumnElement[bool]) -> int:
    return _count(session, _mark(which, **_back(Job.attempts >= MAX_ATTEMPTS), error=LOST, traceback=None))


def _back(over: ColumnElement[bool]) -> dict[str, Any]:
    """Pending after 2, 4, 8 … seconds, spread by up to a half so that a burst does not come back as one."""
    pause = func.make_interval(0, 0, 0, 0, 0, 0, func.power(2, Job.attempts) * random.uniform(1, 1.5))  # noqa: S311
    return {
        "status": case((over, "dead"), else_="pending"),
        "run_at": func.now() + pause,
        "lease_until": None,
        "finished_at": case((over, func.now()), else_=None),
    }
