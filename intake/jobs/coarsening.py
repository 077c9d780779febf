"""Coarsening of the times of ended jobs.

A job of a contributor's text or photo starts within seconds after the contributor has sent it. While the job is open,
its times must be exact, for leases, retries and the age of the queue. Afterwards they could identify the contributor.
"""

from datetime import timedelta

from sqlalchemy import func, not_
from sqlalchemy.orm import Session

from intake.jobs.ledger import update_jobs
from intake.models import Job, contribution_time

EXACT_TIME = timedelta(minutes=10)
"""Time for which an ended job keeps its exact times. The statistics of queues read them within six minutes."""

TIMES = (Job.created_at, Job.run_at, Job.turn_at, Job.started_at, Job.finished_at)


def coarsen_ended(session: Session, after: timedelta = EXACT_TIME) -> None:
    """Round down the times of jobs that ended longer than `after` ago to the precision of the setting `time_grain`.

    Scheduled jobs keep their times, because no contributor causes them.
    """
    exact = Job.slot.is_(None) & not_(contribution_time.is_coarse(Job.finished_at.expression))
    ended = Job.finished_at < func.now() - after
    values = {time.key: contribution_time.to_grain(time.expression) for time in TIMES}
    session.execute(update_jobs(exact & ended, **values))
