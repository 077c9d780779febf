"""A contributor takes a submission back."""

import uuid

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.decisions.settle import cancel_pending
from intake.models import (
    Answer,
    Decision,
    Draft,
    Message,
    Note,
    Photo,
    Presence,
    Retouch,
    Revision,
    SearchEntry,
    Submission,
)
from intake.models.lookup import locked, locked_by_receipt
from intake.models.photo import BASE, SIZES
from intake.notifications.notify import notify
from intake.queue.claims import claim_holder
from intake.retouches.request import cancel_pending_retouches


def withdraw(session: Session, receipt: str) -> Submission:
    """Withdraw what belongs to a canonical receipt, and tell who had it in hand.

    NotFound, or IllegalMove once it is published or gone.
    """
    submission = locked_by_receipt(session, receipt)
    having = claim_holder(session, submission)
    submission.move("withdraw")
    if having is not None:
        notify(session, having.id, submission, "withdrawn")
    cancel_pending(session, submission)
    cancel_pending_retouches(session, submission)
    return submission


def purge(session: Session, submission_id: uuid.UUID) -> None:
    """Blank every word and destroy the key, which makes the stored files unreadable wherever copies of them are.

    Nothing where it is purged already; NotFound, or IllegalMove from a status that must not be purged.
    """
    submission = locked(session, submission_id)
    if submission.status == "purged":
        return
    for revision in submission.revisions:
        _blank_revision(revision)
    for photo in submission.photos:
        blank_photo(photo)
    _blank_what_was_written(session, submission)
    submission.wrapped_key = submission.contact = submission.print_name = None
    # An address often has the words of the title in it.
    submission.region = submission.published_url = None
    submission.tags = []
    submission.move("purge")


def _blank_what_was_written(session: Session, submission: Submission) -> None:
    """Messages, notes and drafts may quote, and what was drawn on a photo tells where its faces were. A request for changes must have a message; nobody is shown this one."""
    here = submission.id
    named = (Decision.submission_id == here) & Decision.message.is_not(None)
    session.execute(update(Decision).where(named).values(message="purged"))
    session.execute(update(Answer).where(Answer.submission_id == here).values(sealed=b""))
    for written in (Note, Message, Draft, Presence, Retouch, SearchEntry):
        session.execute(delete(written).where(written.submission_id == here))


def _blank_revision(revision: Revision) -> None:
    if revision.number:
        revision.title = revision.html = ""
    else:
        revision.sealed = b""
    revision.note, revision.report, revision.details = None, {}, {}


def blank_photo(photo: Photo) -> None:
    """Forget everything of a photo but that it was there."""
    photo.status = "purged"
    photo.original_key = photo.full_key = photo.web_key = photo.thumb_key = None
    photo.caption = photo.credit = photo.alt = photo.dhash = photo.reason = photo.crop = photo.focus = None
    photo.removed = {}


def generations(session: Session, status: str) -> dict[uuid.UUID, int]:
    """Id of each photo of a status → the generation of its copies."""
    found = session.execute(select(Photo.id, Photo.generation).where(Photo.status == status))
    return {row.id: row.generation for row in found}


def needed(session: Session) -> list[str]:
    """Names of all files without which a photo could not be cleaned, shown or retouched; first those that go soonest."""
    received = session.scalars(select(Photo).where(Photo.status == "received"))
    originals = [photo.quarantine_name for photo in received]
    clean = session.scalars(select(Photo).where(Photo.status == "clean").execution_options(yield_per=1000))
    return originals + [
        photo.clean_name(size) for photo in clean for size in (*SIZES, *((BASE,) if photo.crop else ()))
    ]
