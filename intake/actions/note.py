"""Editors write to each other about a submission."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.actions.claim import keep
from intake.actions.index import index
from intake.actions.notify import tell
from intake.lifecycle import IllegalMove
from intake.mentions import mentioned
from intake.models import Editor, Note, record
from intake.models.lookup import locked


def write_note(session: Session, submission_id: uuid.UUID, editor: Editor, body: str) -> Note:
    """Keep a note and tell those whom it mentions; NotFound, or IllegalMove once everything is deleted."""
    submission = locked(session, submission_id)
    if submission.status == "purged":
        raise IllegalMove("cannot write about what is deleted")
    others = select(Editor.id, Editor.name).where(Editor.active, Editor.id != editor.id).order_by(Editor.id)
    people = {row.id: row.name for row in session.execute(others)}
    note = Note(submission_id=submission.id, editor_id=editor.id, body=body, mentions=mentioned(body, people))
    session.add(note)
    session.flush()
    for who in note.mentions:
        tell(session, who, submission, "mentioned")
    index(session, submission)
    keep(session, submission, editor)
    record(session, "note.written", submission, actor=editor, note=note.id)
    return note
