"""Forget the content of a submission; that it was here, and what was done, stays in the events."""

import uuid

from sqlalchemy.orm import Session

from intake.actions.load import locked
from intake.models import Photo, Revision, Submission


def purge(session: Session, submission_id: uuid.UUID) -> None:
    """Blank every word and destroy the key, which makes the stored files unreadable wherever copies of them are."""
    submission = locked(session, submission_id)
    if submission.status == "purged":
        return
    for revision in submission.revisions:
        _blank_revision(revision)
    for photo in submission.photos:
        _blank_photo(photo)
    _blank_submission(submission)
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


def _blank_submission(submission: Submission) -> None:
    submission.wrapped_key = submission.contact = submission.print_name = None
    if submission.decision:
        submission.decision.reason = "purged"
