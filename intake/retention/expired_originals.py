"""Destroy sealed originals after their last day, even under a legal hold: the contributor was promised this day."""

from intake.db import transaction
from intake.models import SealedOriginal, record
from intake.models.lookup import locked
from intake.originals import keeping
from intake.retention import report


def expire() -> None:
    """Destroy all originals whose last day is over, in one transaction per submission, and count them for the report.

    Each event `original.expired` has a job that deletes the file.
    """
    with transaction() as session:
        due = keeping.due(session)
    for submission_id in due:
        with transaction() as session:
            submission = locked(session, submission_id)
            is_over = SealedOriginal.until < keeping.today(session)
            here = (SealedOriginal.submission_id == submission_id) & is_over
            for _, photo in keeping.destroy(session, here):
                report.count(session, submission.status, submission.section, "original")
                record(session, "original.expired", submission, photo=photo)
