"""Withdrawal and purge of submissions."""

import uuid

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.audit.linking import forget_details
from intake.decisions.settle import cancel_pending
from intake.models import (
    Answer,
    ChecklistTick,
    Decision,
    Draft,
    FaceSearch,
    LegalHold,
    LinkKey,
    Message,
    Note,
    Photo,
    Presence,
    PublicationNote,
    ReadingLink,
    Retouch,
    Revision,
    SearchEntry,
    Submission,
    SubmissionKey,
)
from intake.models.lookup import locked, locked_by_receipt
from intake.models.photo import BASE, SIZES
from intake.models.submission import EMPTIED
from intake.notifications.notify import notify
from intake.queue.claims import claim_holder
from intake.retouches.request import cancel_pending_retouches
from intake.review.translations import unlink_all
from intake.submissions.submit import document_file


def withdraw(session: Session, receipt: str) -> Submission:
    """Withdraw the submission with this canonical receipt, and notify the editor who has claimed it, and its assignee.

    Raises NotFound, or IllegalMove if the submission is published, withdrawn or purged.
    """
    submission = locked_by_receipt(session, receipt)
    having = claim_holder(session, submission)
    submission.move("withdraw")
    for editor_id in {having.id if having else None, submission.assigned_to}:
        if editor_id is not None:
            notify(session, editor_id, submission, "withdrawn")
    cancel_pending(session, submission)
    cancel_pending_retouches(session, submission)
    return submission


def purge(session: Session, submission_id: uuid.UUID) -> None:
    """Blank all texts of a submission and destroy its key. Without the key, no copy of its files is readable.

    Does nothing if the submission is purged already. Raises NotFound, or IllegalMove from a status that must
    not be purged.
    """
    submission = locked(session, submission_id)
    if submission.status == "purged":
        return
    # First, so that nothing that is read meanwhile, or left by a fault, can be opened.
    for keys in (SubmissionKey, LinkKey):
        session.execute(delete(keys).where(keys.submission_id == submission_id))
    for revision in submission.revisions:
        _blank_revision(revision)
    for photo in submission.photos:
        blank_photo(photo)
    _delete_texts(session, submission)
    unlink_all(session, submission)
    for column in EMPTIED:
        setattr(submission, column, None)
    submission.tags, submission.signals, submission.has_document = [], [], False
    submission.priority = "normal"
    submission.move("purge")
    forget_details(session, submission_id)


def _delete_texts(session: Session, submission: Submission) -> None:
    """Delete all rows that may quote the text, and retouches and searches for faces, because they show where faces were.

    The message of a decision becomes a placeholder, because a request for changes must have a message.
    """
    here = submission.id
    named = (Decision.submission_id == here) & Decision.message.is_not(None)
    session.execute(update(Decision).where(named).values(message="purged"))
    session.execute(update(Answer).where(Answer.submission_id == here).values(sealed=b""))
    written_here = (
        Note, ReadingLink, Message, Draft, Presence, FaceSearch, Retouch, SearchEntry, ChecklistTick, PublicationNote,
        LegalHold,
    )  # fmt: skip
    for written in written_here:
        session.execute(delete(written).where(written.submission_id == here))


def _blank_revision(revision: Revision) -> None:
    if revision.number:
        revision.title = revision.html = ""
    else:
        revision.sealed = b""
    revision.note, revision.report, revision.details = None, {}, {}


def blank_photo(photo: Photo) -> None:
    """Mark a photo as purged, and empty its file names, texts, crop, size and cleaning report."""
    photo.status = "purged"
    photo.original_key = photo.full_key = photo.web_key = photo.thumb_key = None
    photo.caption = photo.credit = photo.alt = photo.reason = photo.crop = photo.focus = None
    photo.format = photo.width = photo.height = None
    photo.removed = photo.notes = {}
    photo.featured = False


def photo_generations(session: Session, status: str) -> dict[uuid.UUID, int]:
    """Return {photo id: generation of its copies} of all photos with this status."""
    found = session.execute(select(Photo.id, Photo.generation).where(Photo.status == status))
    return {row.id: row.generation for row in found}


def documents(session: Session) -> dict[uuid.UUID, int]:
    """Return {id of the stored file: 0} of all documents that wait to be read."""
    return dict.fromkeys(session.scalars(select(Submission.id).where(Submission.has_document)), 0)


def needed_files(session: Session) -> list[str]:
    """Return the storage names of all files that submissions need.

    Documents and originals come first, because they are deleted soonest.
    """
    received = session.scalars(select(Photo).where(Photo.status == "received"))
    originals = [photo.quarantine_name for photo in received]
    clean = session.scalars(select(Photo).where(Photo.status == "clean").execution_options(yield_per=1000))
    copies = [
        photo.clean_name(size) for photo in clean for size in (*SIZES, *((BASE,) if photo.crop else ()))
    ]
    return [*map(document_file, documents(session)), *originals, *copies]
