"""What a revision held: title, text and details together."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake.actions.details import Details, details_of, read
from intake.actions.revise import Edit
from intake.errors import NotFound
from intake.models import Revision, Submission


@dataclass(frozen=True, repr=False)
class Content:
    """`html` is cleaned, not yet rendered; `author` None for the contributor's own; `details` None where none were kept."""

    number: int
    title: str
    html: str
    details: Details | None
    author: str | None
    created_at: datetime
    note: str | None


def content(session: Session, submission_id: uuid.UUID, number: int) -> Content:
    """Of one revision; NotFound, also for the contributor's own words, which are not clean."""
    found = _revision(session, submission_id, number)
    return _content(found, read(found.details))


def current(session: Session, submission_id: uuid.UUID) -> Content:
    """As it stands now; NotFound."""
    submission = session.get(Submission, submission_id, options=[selectinload(Submission.photos)])
    if submission is None:
        raise NotFound
    return _content(_revision(session, submission_id, None), details_of(submission))


def edited(now: Content, edit: Edit) -> Content:
    """What would stand if `edit` were made on it."""
    return replace(now, title=edit.title, html=edit.html, details=edit.details or now.details)


def _revision(session: Session, submission_id: uuid.UUID, number: int | None) -> Revision:
    shown = (
        select(Revision)
        .join(Revision.submission)
        .where(Revision.submission_id == submission_id, Revision.number > 0, Submission.status != "purged")
        .options(selectinload(Revision.editor))
        .order_by(Revision.number.desc())
        .limit(1)
    )
    # What no integer of the database holds is no revision.
    if number is not None and number >= 2**31:
        raise NotFound
    found = session.scalar(shown if number is None else shown.where(Revision.number == number))
    if found is None:
        raise NotFound
    return found


def _content(revision: Revision, details: Details | None) -> Content:
    return Content(
        revision.number,
        revision.title or "",
        revision.html or "",
        details,
        revision.editor.name if revision.editor else None,
        revision.created_at,
        revision.note,
    )
