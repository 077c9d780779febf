"""The desk writes to a contributor, who reads it with the receipt."""

import uuid

from sqlalchemy.orm import Session

from intake.actions.claim import keep
from intake.lifecycle import SCREENED, IllegalMove
from intake.models import Editor, Message, record
from intake.models.lookup import locked


def write(session: Session, submission_id: uuid.UUID, editor: Editor, body: str) -> Message:
    """Keep a message for the contributor; NotFound, or IllegalMove before it is clean and once it is gone."""
    submission = locked(session, submission_id)
    if submission.status not in SCREENED:
        raise IllegalMove("cannot write to the contributor of what is not on the desk")
    message = Message(submission_id=submission.id, editor_id=editor.id, body=body)
    session.add(message)
    session.flush()
    keep(session, submission, editor)
    record(session, "message.sent", submission, actor=editor, message=message.id)
    return message
