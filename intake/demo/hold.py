"""Keep a submission in a status that otherwise lasts a moment, for the demo's queue."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.models import Job, Submission


def hold(session: Session, submission: Submission) -> None:
    """Take back the jobs that this transaction has just started for it: nothing will move it on."""
    session.flush()
    session.execute(delete(Job).where(Job.submission_id == submission.id, Job.status == "pending"))
