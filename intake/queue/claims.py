"""Claims: an editor reserves a submission to work on it. A claim expires after CLAIM_TIMEOUT."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import ClaimedByOther
from intake.lifecycle import GONE, IllegalMove
from intake.models import Editor, Submission, record
from intake.models.lookup import locked
from intake.notifications.notify import notify

CLAIM_TIMEOUT = timedelta(minutes=30)
"""Time without activity of the editor after which a claim expires."""


def claim(
    session: Session, submission_id: uuid.UUID, editor: Editor, *, takeover: bool = False
) -> Submission:
    """Claim a submission, or renew the editor's own claim.

    Raises ClaimedByOther if another editor has claimed it. With `takeover`, takes over that claim instead,
    and notifies the other editor.
    Raises NotFound, or IllegalMove if the submission is withdrawn or purged.
    """
    submission = locked(session, submission_id)
    if submission.status in GONE:
        raise IllegalMove("cannot claim a submission that is withdrawn or deleted")
    other = claim_holder(session, submission)
    if other is not None and other.id != editor.id:
        if not takeover:
            raise ClaimedByOther(other.name)
        notify(session, other.id, submission, "taken_over")
        record(session, "claim.taken_over", submission, actor=editor, before=other.id)
    elif other is None:
        record(session, "claim.taken", submission, actor=editor)
    submission.claimed_until, submission.claimed_by = _next_expiry(session), editor.id
    return submission


def refuse_others(session: Session, submission_id: uuid.UUID, editor: Editor, *, but: int) -> None:
    """Raise ClaimedByOther if an editor other than `editor` and the one with the id `but` has claimed the submission.

    Raises NotFound.
    """
    other = claim_holder(session, locked(session, submission_id))
    if other is not None and other.id not in {editor.id, but}:
        raise ClaimedByOther(other.name)


def release(session: Session, submission_id: uuid.UUID, editor: Editor) -> None:
    """Release the editor's own claim. Does nothing if the editor has no claim. Raises NotFound."""
    submission = locked(session, submission_id)
    if submission.claimed_by == editor.id:
        submission.claimed_by = submission.claimed_until = None
        record(session, "claim.released", submission, actor=editor)


def keep_claim(session: Session, submission: Submission, editor: Editor) -> None:
    """Renew the editor's own claim for CLAIM_TIMEOUT. Does nothing if the editor has no claim."""
    if submission.claimed_by == editor.id:
        submission.claimed_until = _next_expiry(session)


def claim_holder(session: Session, submission: Submission) -> Editor | None:
    """Return the editor with a valid claim, or None."""
    return session.get(Editor, submission.claimed_by) if submission.is_claimed else None


def _next_expiry(session: Session) -> datetime:
    return session.scalars(select(func.now() + CLAIM_TIMEOUT)).one()
