"""Who has a submission in hand: a soft claim that ends by itself."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import Claimed
from intake.lifecycle import GONE, IllegalMove
from intake.models import Editor, Submission, record
from intake.models.lookup import locked
from intake.notifications.notify import notify

IDLE = timedelta(minutes=30)
"""After so long without a sign of its owner a claim counts no more."""


def claim(
    session: Session, submission_id: uuid.UUID, editor: Editor, *, takeover: bool = False
) -> Submission:
    """Claim, or keep one's claim. Claimed if somebody else has it, unless it is taken over; then that one is told.

    NotFound, or IllegalMove where there is nothing left to work on.
    """
    submission = locked(session, submission_id)
    if submission.status in GONE:
        raise IllegalMove("cannot claim what is gone")
    other = claim_holder(session, submission)
    if other is not None and other.id != editor.id:
        if not takeover:
            raise Claimed(other.name)
        notify(session, other.id, submission, "taken_over")
        record(session, "claim.taken_over", submission, actor=editor, before=other.id)
    elif other is None:
        record(session, "claim.taken", submission, actor=editor)
    submission.claimed_until, submission.claimed_by = _from_now(session), editor.id
    return submission


def release(session: Session, submission_id: uuid.UUID, editor: Editor) -> None:
    """Let go of one's own claim; nothing where there is none. NotFound."""
    submission = locked(session, submission_id)
    if submission.claimed_by == editor.id:
        submission.claimed_by = submission.claimed_until = None
        record(session, "claim.released", submission, actor=editor)


def keep_claim(session: Session, submission: Submission, editor: Editor) -> None:
    """A sign of the owner: the claim, if it is theirs, counts for IDLE from now. Others change nothing."""
    if submission.claimed_by == editor.id:
        submission.claimed_until = _from_now(session)


def claim_holder(session: Session, submission: Submission) -> Editor | None:
    """Whose claim counts now, or None."""
    if (
        submission.claimed_until is None
        or submission.claimed_until <= session.scalars(select(func.now())).one()
    ):
        return None
    return session.get(Editor, submission.claimed_by)


def _from_now(session: Session) -> datetime:
    return session.scalars(select(func.now() + IDLE)).one()
