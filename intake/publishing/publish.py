"""Publication and download of accepted submissions."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.checklists.ticks import require
from intake.errors import Embargoed, NotFound, RetouchPending
from intake.lifecycle import DOWNLOADABLE, IllegalMove
from intake.models import Editor, Submission, record
from intake.models.lookup import locked_at
from intake.retouches.request import has_pending_retouches


def publish(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    version: int,
    url: str = "",
    *,
    despite: str = "",
) -> Submission:
    """Mark a submission as published, with the URL of the publication if there is one.

    `despite` is the reason to publish although the checklist has open points.
    Raises StaleRevision if `version` is not current, NotFound, IllegalMove unless the submission is accepted or retracted,
    Embargoed until its embargo ends, or OpenPoints.
    """
    submission = locked_at(session, submission_id, version)
    lifecycle.target_status("publish", submission.status)
    _refuse_early(submission)
    require(session, submission, editor, "publish", despite)
    submission.published_at, submission.corrected_at = session.scalars(select(func.now())).one(), None
    submission.published_url = url or None
    submission.move("publish", actor=editor)
    return submission


def download(session: Session, submission_id: uuid.UUID, editor: Editor) -> bytes:
    """Record that an editor downloads a submission, and return the key that decrypts its files.

    Raises NotFound, or IllegalMove unless the submission is accepted or published. Raises Embargoed until its
    embargo ends, and RetouchPending while a photo has a pending retouch.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if submission.status not in DOWNLOADABLE:
        raise IllegalMove("only accepted submissions can be downloaded")
    _refuse_early(submission)
    if has_pending_retouches(session, submission.id):
        raise RetouchPending
    record(session, "piece.downloaded", submission, actor=editor)
    return submission.key


def _refuse_early(submission: Submission) -> None:
    if submission.is_embargoed and submission.embargo_until:
        raise Embargoed(submission.embargo_until)
