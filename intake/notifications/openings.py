"""Notify the holders who can agree to an opening of unchanged photos, since they have little time."""

from sqlalchemy.orm import Session

from intake.models import Opening, Submission
from intake.notifications import notify
from intake.originals import openings

OPENING_ASKED = "opening_asked"


def notify_holders(session: Session, opening: Opening) -> None:
    """Notify all who can agree. Call this when a holder has asked.

    Unread notifications are of an earlier request, to which nobody agreed in time, and are marked as read.
    """
    submission = session.get_one(Submission, opening.submission_id)
    notify.settle(session, submission.id, OPENING_ASKED)
    for holder in openings.entrusted(session, opening):
        notify.notify(session, holder.id, submission, OPENING_ASKED)
