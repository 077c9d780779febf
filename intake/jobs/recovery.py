"""Recovery of jobs whose worker has died, and detection of jobs that kill workers."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from intake.job_kinds import job_kind
from intake.jobs.ledger import MAX_ATTEMPTS, count_updated, retry_values, update_jobs
from intake.models import Event, Job, record

LOST = "the worker stopped responding while it ran this job"
POISON = "two workers died while they ran this job, so it is not tried again"
# Losses of workers that are older than this do not count as evidence against a job.
LOSS_WINDOW = timedelta(hours=1)
POISON_LOSSES = 2


def return_expired(session: Session) -> int:
    """Set sent and running jobs with an expired lease back to pending. Returns how many."""
    unbegun = (Job.status == "sent") & (Job.lease_until < func.now())
    sent = count_updated(session, update_jobs(unbegun, status="pending", lease_until=None))
    return sent + _return_lost(session, Job.lease_until < func.now(), "silent")


def return_of_worker(session: Session, worker: str) -> int:
    """Set the jobs of a worker's predecessor, which had the same name, back to pending. Returns how many."""
    return _return_lost(session, Job.worker == worker, "replaced")


def return_of_process(session: Session, worker: str, job_id: int) -> int:
    """Set a job whose worker process has died back to pending. Returns 1, or 0 if the job has ended since."""
    return _return_lost(session, (Job.worker == worker) & (Job.id == job_id), "killed")


def hand_back(session: Session, worker: str) -> int:
    """Set the jobs that a stopping worker interrupted back to pending. Returns how many.

    The interruption counts neither as an attempt nor as a loss of the worker.
    """
    ours = (Job.status == "running") & (Job.worker == worker)
    return count_updated(
        session, update_jobs(ours, status="pending", lease_until=None, attempts=Job.attempts - 1)
    )


def _return_lost(session: Session, which: ColumnElement[bool], how: str) -> int:
    """Record an event for each lost worker with the ids of its jobs, then set the jobs to pending or dead.

    `how` is silent, replaced or killed. Returns the number of jobs.
    """
    query = (
        select(Job).where(Job.status == "running", which).order_by(Job.id).with_for_update(skip_locked=True)
    )
    jobs = session.scalars(query).all()
    if not jobs:
        return 0
    by_worker = defaultdict(list)
    for job in jobs:
        by_worker[job.worker].append(job.id)
    for worker, ids in by_worker.items():
        record(session, "worker.lost", worker=worker, jobs=ids, how=how)
    losses = _recent(session)
    for job in jobs:
        _return_job(session, job, [loss for loss in losses if job.id in loss.data["jobs"]], len(losses))
    return len(jobs)


def _recent(session: Session) -> list[Event]:
    query = select(Event).where(Event.name == "worker.lost", Event.at > func.now() - LOSS_WINDOW)
    return list(session.scalars(query.order_by(Event.id)))


def _return_job(session: Session, job: Job, losses: list[Event], of_all: int) -> None:
    poison = _is_poison(job, len(losses), of_all)
    session.execute(
        update_jobs(
            Job.id == job.id,
            **retry_values(literal(poison) | (Job.attempts >= MAX_ATTEMPTS)),
            error=POISON if poison else LOST,
            traceback="".join(map(_evidence, losses)),
        )
    )


def _is_poison(job: Job, with_it: int, of_all: int) -> bool:
    """Return whether this job seems to kill its workers.

    A job does not count if most of the lost workers were not running it. A power cut or an impatient admin is
    then a more likely cause.
    """
    return not job_kind(job.kind).has_fallback and with_it >= POISON_LOSSES and 2 * with_it >= of_all


def _evidence(loss: Event) -> str:
    at: datetime = loss.at
    others = len(loss.data["jobs"]) - 1
    return (
        f"{at:%Y-%m-%d %H:%M:%S %Z} {loss.data['worker']} {loss.data['how']}; other jobs running: {others}\n"
    )
