"""Open pages say that they are open."""

import uuid

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.actions.claim import keep
from intake.actions.errors import NotFound
from intake.models import Editor, Presence, Submission


def be_here(session: Session, submission_id: uuid.UUID, editor: Editor, *, doing: str, busy: bool) -> None:
    """Note that the editor has the page open, reading or editing; one who is `busy` there keeps a claim. NotFound."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    seen = insert(Presence).values(submission_id=submission_id, editor_id=editor.id, doing=doing)
    session.execute(
        seen.on_conflict_do_update(
            index_elements=[Presence.submission_id, Presence.editor_id],
            set_={"doing": doing, "seen_at": func.now()},
        )
    )
    if busy:
        keep(session, submission, editor)


def leave(session: Session, submission_id: uuid.UUID, editor: Editor) -> None:
    """The page was closed."""
    session.execute(
        delete(Presence).where(Presence.submission_id == submission_id, Presence.editor_id == editor.id)
    )
