"""Reading a contributor's contact: allowed to the desk, and remembered."""

import uuid

from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Editor, Submission, record


def view_contact(session: Session, submission_id: uuid.UUID, editor: Editor) -> str:
    """The contact in clear; NotFound where none was given. Who looked is an event."""
    submission = session.get(Submission, submission_id)
    if submission is None or submission.contact is None:
        raise NotFound
    record(session, "contact.viewed", submission, actor=editor)
    return submission.unseal(submission.contact, "contact")
