"""Forget the content of a submission; that it was here, and what was done, stays in the events."""

import uuid

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

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
from intake.models.lookup import locked


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
    submission.wrapped_key = submission.contact = submission.print_name = submission.region = None
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
