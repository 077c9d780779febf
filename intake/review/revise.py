"""Edits of the text by editors. Each edit adds a revision and keeps the earlier revisions."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.accounts.handover import free_if_unreachable
from intake.decisions.settle import cancel_pending
from intake.errors import NotFound
from intake.lifecycle import EDITABLE, IllegalMove
from intake.models import Editor, Revision, Submission, record
from intake.models.lookup import locked_at
from intake.queue.claims import keep_claim
from intake.queue.search_index import index
from intake.review.revision_fields import RevisionFields, apply_fields, current_fields, from_json, to_json


@dataclass(frozen=True)
class Edit:
    """Cleaned content of a new revision. If `details` is None, the submission's details do not change."""

    title: str
    html: str
    words: int
    note: str = ""
    details: RevisionFields | None = None


def revise(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    version: int,
    edit: Edit,
    *,
    merged: int | None = None,
) -> Revision:
    """Add `edit` as the next revision and apply its details.

    `merged` is the number of the revision that the editor began with, if `edit` includes changes that others saved since.
    Raises StaleRevision, NotFound, or IllegalMove if the submission cannot be edited.
    """
    submission = locked_at(session, submission_id, version)
    if submission.status not in EDITABLE or submission.settles_at:
        raise IllegalMove(f"cannot edit a submission that is {submission.status.replace('_', ' ')}")
    # An earlier approval does not cover the new text.
    if submission.status != "accepted":
        cancel_pending(session, submission)
    last = _last(session, submission)
    if not last.details:
        # Early versions of Transom stored revisions without details. The submission's current details
        # still belong to this revision.
        last.details = to_json(current_fields(submission))
    if edit.details is not None:
        apply_fields(submission, edit.details)
        free_if_unreachable(session, submission, editor)
    revision = _add(session, submission, editor, last.number + 1, edit)
    submission.version += 1
    index(session, submission)
    keep_claim(session, submission, editor)
    facts: dict[str, Any] = {"merged": merged} if merged and 0 < merged < last.number else {}
    record(session, "revision.created", submission, actor=editor, number=revision.number, **facts)
    return revision


def _last(session: Session, submission: Submission) -> Revision:
    of_it = select(Revision).where(Revision.submission_id == submission.id)
    return session.scalars(of_it.order_by(Revision.number.desc()).limit(1)).one()


def _add(session: Session, submission: Submission, editor: Editor, number: int, edit: Edit) -> Revision:
    revision = Revision(
        submission_id=submission.id,
        number=number,
        title=edit.title,
        html=edit.html,
        words=edit.words,
        note=edit.note or None,
        details=to_json(current_fields(submission)),
        editor_id=editor.id,
        created_at=func.now(),
    )
    session.add(revision)
    return revision


def restore(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, number: int, note: str
) -> Revision:
    """Add a new revision with the text and details of revision `number`.

    An old revision without details restores the text alone. Raises StaleRevision, NotFound, or IllegalMove
    if the submission cannot be edited.
    """
    old = session.scalar(
        select(Revision).where(Revision.submission_id == submission_id, Revision.number == number)
    )
    # Revision 0 is the contributor's original text, which is not cleaned.
    if old is None or not number:
        raise NotFound
    edit = Edit(old.title or "", old.html or "", old.words, note, from_json(old.details))
    return revise(session, submission_id, editor, version, edit)
