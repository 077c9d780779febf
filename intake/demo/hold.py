"""Hold a submission in a status that is usually short, for the demo."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.models import Job, Submission


def hold(session: Session, submission: Submission) -> None:
    """Delete the jobs that this transaction has started for the submission, so that it keeps its status."""
    session.flush()
    session.execute(delete(Job).where(Job.submission_id == submission.id, Job.status == "pending"))
