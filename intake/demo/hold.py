"""Keep a demo submission in a status that submissions usually leave within seconds."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.models import Job, Submission


def hold(session: Session, submission: Submission) -> None:
    """Delete the pending jobs of a submission, so that it keeps its status."""
    session.flush()
    session.execute(delete(Job).where(Job.submission_id == submission.id, Job.status == "pending"))
