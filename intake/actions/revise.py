"""An editor's edit: a new revision, the old one kept."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.actions.claim import keep
from intake.actions.index import index
from intake.actions.load import locked_at
from intake.actions.settle import let_go
from intake.lifecycle import IllegalMove
from intake.models import Editor, Revision, record

EDITABLE = frozenset({"in_review", "held", "accepted"})


@dataclass(frozen=True)
class Edit:
    """Cleaned title and text, as the desk sends them after the same cleaning that a contributor's text has."""

    title: str
    html: str
    words: int
    note: str = ""


def revise(session: Session, submission_id: uuid.UUID, editor: Editor, version: int, edit: Edit) -> Revision:
    """Keep `edit` as the next revision; StaleRevision, NotFound, or IllegalMove where nothing may be edited."""
    submission = locked_at(session, submission_id, version)
    if submission.status not in EDITABLE or submission.settles_at:
        raise IllegalMove(f"cannot edit a submission that is {submission.status.replace('_', ' ')}")
    # Nobody has approved the text that comes now.
    if submission.status != "accepted":
        let_go(session, submission)
    last = (
        session.scalar(select(func.max(Revision.number)).where(Revision.submission_id == submission.id)) or 0
    )
    revision = Revision(
        submission_id=submission.id,
        number=last + 1,
        title=edit.title,
        html=edit.html,
        words=edit.words,
        note=edit.note or None,
        editor_id=editor.id,
    )
    session.add(revision)
    submission.version += 1
    index(session, submission)
    keep(session, submission, editor)
    record(session, "revision.created", submission, actor=editor, number=revision.number)
    return revision
