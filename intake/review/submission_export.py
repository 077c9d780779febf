"""One submission with all its notes and messages, for the API."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, selectinload

from intake.errors import NotFound
from intake.models import Editor, Message, Note, Submission, record
from intake.review.submission_detail import SubmissionDetail, submission_detail


@dataclass(frozen=True)
class AuthoredText:
    """Note or message. `author` is None for the contributor, and "Guest NAME" for a guest with a reading link."""

    id: int
    author: str | None
    body: str
    at: datetime


@dataclass(frozen=True)
class SubmissionExport:
    """Submission as the desk's page shows it, with its notes and messages."""

    detail: SubmissionDetail
    notes: list[AuthoredText]
    messages: list[AuthoredText]


def submission_export(session: Session, submission_id: uuid.UUID) -> SubmissionExport:
    """Return everything about a submission. Raises NotFound. The number of queries is constant."""
    current = submission_detail(session, submission_id)
    submission = session.get_one(
        Submission,
        submission_id,
        options=[
            selectinload(Submission.notes).selectinload(Note.editor),
            selectinload(Submission.notes).selectinload(Note.link),
            selectinload(Submission.messages).selectinload(Message.editor),
        ],
    )
    return SubmissionExport(
        detail=current,
        notes=[AuthoredText(one.id, one.author, one.body, one.written_at) for one in submission.notes],
        messages=[_message(one) for one in submission.messages],
    )


def _message(message: Message) -> AuthoredText:
    return AuthoredText(
        message.id, message.editor.name if message.editor else None, message.body, message.sent_at
    )


def view_contact(session: Session, submission_id: uuid.UUID, editor: Editor) -> str:
    """Decrypt the contributor's contact, and record that the editor viewed it.

    Raises NotFound if there is no contact.
    """
    submission = session.get(Submission, submission_id)
    if submission is None or submission.contact is None:
        raise NotFound
    record(session, "contact.viewed", submission, actor=editor)
    return submission.unseal(submission.contact, "contact")
