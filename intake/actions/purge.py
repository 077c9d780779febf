"""Forget the content of a submission; that it was here, and what was done, stays in the events."""

import uuid

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.actions.load import locked
from intake.models import Decision, Photo, Revision


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
        _blank_photo(photo)
    # An editor's reason may quote. The column wants one for a rejection; nobody is shown this.
    session.execute(update(Decision).where(Decision.submission_id == submission.id).values(reason="purged"))
    submission.wrapped_key = submission.contact = submission.print_name = None
    submission.move("purge")


def _blank_revision(revision: Revision) -> None:
    if revision.number:
        revision.title = revision.html = ""
    else:
        revision.sealed = b""
    revision.note, revision.report = None, {}


def _blank_photo(photo: Photo) -> None:
    photo.status = "purged"
    photo.original_key = photo.full_key = photo.web_key = photo.thumb_key = None
    photo.caption = photo.credit = photo.dhash = photo.reason = None
    photo.removed = {}
