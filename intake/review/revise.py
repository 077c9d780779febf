"""An editor's edit: a new revision, the old one kept."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

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
    """Everything cleaned, as the desk sends it after the same cleaning that a contributor's text has.

    `details` None: those of now stay.
    """

    title: str
    html: str
    words: int
    note: str = ""
    details: RevisionFields | None = None


def revise(session: Session, submission_id: uuid.UUID, editor: Editor, version: int, edit: Edit) -> Revision:
    """Keep `edit` as the next revision, and its details as those of now.

    StaleRevision, NotFound, or IllegalMove where nothing may be edited.
    """
    submission = locked_at(session, submission_id, version)
    if submission.status not in EDITABLE or submission.settles_at:
        raise IllegalMove(f"cannot edit a submission that is {submission.status.replace('_', ' ')}")
    # Nobody has approved the text that comes now.
    if submission.status != "accepted":
        cancel_pending(session, submission)
    last = _last(session, submission)
    if not last.details:
        # It is of before revisions had details: what it had is known until now.
        last.details = to_json(current_fields(submission))
    if edit.details is not None:
        apply_fields(submission, edit.details)
    revision = _add(session, submission, editor, last.number + 1, edit)
    submission.version += 1
    index(session, submission)
    keep_claim(session, submission, editor)
    record(session, "revision.created", submission, actor=editor, number=revision.number)
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
    )
    session.add(revision)
    return revision


def restore(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, number: int, note: str
) -> Revision:
    """Make what revision `number` held the text and the details of now; of a revision without details, the text alone.

    StaleRevision, NotFound, or IllegalMove where nothing may be edited.
    """
    old = session.scalar(
        select(Revision).where(Revision.submission_id == submission_id, Revision.number == number)
    )
    # 0 are the contributor's own words, unclean.
    if old is None or not number:
        raise NotFound
    edit = Edit(old.title or "", old.html or "", old.words, note, from_json(old.details))
    return revise(session, submission_id, editor, version, edit)
