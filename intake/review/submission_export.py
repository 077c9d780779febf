"""One submission with all that has been written and done about it, for programs."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, selectinload

from intake.errors import NotFound
from intake.models import Editor, Message, Note, Submission, record
from intake.review.submission_detail import SubmissionDetail, submission_detail


@dataclass(frozen=True)
class AuthoredText:
    """A note, or a message; `author` None for the contributor."""

    id: int
    author: str | None
    body: str
    at: datetime


@dataclass(frozen=True)
class SubmissionExport:
    """The piece as the desk's page shows it, and what stands beside it."""

    detail: SubmissionDetail
    notes: list[AuthoredText]
    messages: list[AuthoredText]


def submission_export(session: Session, submission_id: uuid.UUID) -> SubmissionExport:
    """Everything; NotFound as `piece`. Always the same number of queries."""
    current = submission_detail(session, submission_id)
    submission = session.get_one(
        Submission,
        submission_id,
        options=[
            selectinload(Submission.notes).selectinload(Note.editor),
            selectinload(Submission.messages).selectinload(Message.editor),
        ],
    )
    return SubmissionExport(
        detail=current,
        notes=[AuthoredText(one.id, one.editor.name, one.body, one.written_at) for one in submission.notes],
        messages=[_message(one) for one in submission.messages],
    )


def _message(message: Message) -> AuthoredText:
    return AuthoredText(
        message.id, message.editor.name if message.editor else None, message.body, message.sent_at
    )


def view_contact(session: Session, submission_id: uuid.UUID, editor: Editor) -> str:
    """The contact in clear; NotFound where none was given. Who looked is an event."""
    submission = session.get(Submission, submission_id)
    if submission is None or submission.contact is None:
        raise NotFound
    record(session, "contact.viewed", submission, actor=editor)
    return submission.unseal(submission.contact, "contact")
