"""Changes after the publication: another URL, corrections, unpublishing and retraction."""

import uuid
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.lifecycle import IllegalMove
from intake.models import Editor, Message, PublicationNote, Submission, record
from intake.models.lookup import locked_at
from intake.plurals import gettext_noop
from intake.translations import catalogue

UNPUBLISHED = gettext_noop(
    "Your story is not published at the moment. It is still accepted, and we may publish it again."
    " If you have a question, write to us on this page."
)
"""Message to the contributor when their submission is unpublished."""
RETRACTED = gettext_noop(
    "Your story is no longer published. We have taken it back. If you want to know why, write to us on this page."
)
"""Message to the contributor when their submission is retracted."""


def mend(session: Session, submission_id: uuid.UUID, editor: Editor, version: int, url: str) -> Submission:
    """Change the URL of a publication. An empty URL means that there is none, as for print.

    Raises StaleRevision, NotFound, or IllegalMove unless the submission is published.
    """
    submission = _published(session, submission_id, version)
    if submission.published_url == (url or None):
        return submission
    submission.published_url = url or None
    submission.version += 1
    record(session, "publication.mended", submission, actor=editor)
    return submission


def correct(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, body: str, dated: date
) -> Submission:
    """Record that the publication was corrected. `body` says what was corrected, `dated` is the day.

    Raises StaleRevision, NotFound, or IllegalMove unless the submission is published.
    """
    submission = _published(session, submission_id, version)
    words = _note(session, submission, editor, "correction", body, dated)
    submission.corrected_at = session.scalars(select(func.now())).one()
    submission.version += 1
    record(session, "publication.corrected", submission, actor=editor, words=words)
    return submission


def unpublish(session: Session, submission_id: uuid.UUID, editor: Editor, version: int) -> Submission:
    """Take a publication back to accepted, and tell the contributor. Its URL and time are deleted.

    Raises StaleRevision, NotFound, or IllegalMove unless the submission is published.
    """
    submission = _published(session, submission_id, version)
    told = _tell(session, submission, editor, UNPUBLISHED)
    submission.published_at = submission.published_url = submission.corrected_at = None
    submission.move("unpublish", actor=editor, message=told)
    return submission


def retract(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, reason: str
) -> Submission:
    """Retract a publication, and tell the contributor. The desk alone sees the reason.

    Raises StaleRevision, NotFound, or IllegalMove unless the submission is published.
    """
    submission = _published(session, submission_id, version)
    words = _note(session, submission, editor, "retraction", reason)
    told = _tell(session, submission, editor, RETRACTED)
    submission.move("retract", actor=editor, words=words)
    record(session, "message.sent", submission, actor=editor, message=told)
    return submission


def _published(session: Session, submission_id: uuid.UUID, version: int) -> Submission:
    submission = locked_at(session, submission_id, version)
    if submission.status != "published":
        raise IllegalMove("only a published submission can be corrected, unpublished or retracted")
    return submission


def _note(
    session: Session,
    submission: Submission,
    editor: Editor,
    kind: str,
    body: str,
    dated: date | None = None,
) -> int:
    """Store a correction or the reason for a retraction. Returns the id of the note."""
    note = PublicationNote(
        submission_id=submission.id, editor_id=editor.id, kind=kind, body=body.strip(), dated=dated
    )
    session.add(note)
    session.flush()
    return note.id


def _tell(session: Session, submission: Submission, editor: Editor, body: str) -> int:
    """Send the contributor a message in their language. Returns its id.

    Their language is that of the form on which they gave consent, else that of the text.
    """
    language = submission.consent_language or submission.language
    message = Message(
        submission_id=submission.id,
        editor_id=editor.id,
        body=catalogue.load(language).gettext(body),
        sent_at=func.now(),
    )
    session.add(message)
    session.flush()
    return message.id
