"""Corrections of a publication, and the reasons of its retractions."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Editor, PublicationNote


@dataclass(frozen=True)
class PublishedNote:
    """Correction or reason for a retraction, written by an editor. `kind` is "correction" or "retraction".

    `dated` is the day of a correction, and None for a retraction.
    """

    id: int
    kind: str
    body: str
    dated: date | None
    author: str
    at: datetime


def publication_notes(session: Session, submission_id: uuid.UUID) -> list[PublishedNote]:
    """Return the corrections and retractions of a submission, newest first."""
    rows = session.execute(
        select(PublicationNote, Editor.name)
        .join(Editor, Editor.id == PublicationNote.editor_id)
        .where(
            PublicationNote.submission_id == submission_id,
            PublicationNote.kind.in_(("correction", "retraction")),
        )
        .order_by(PublicationNote.id.desc())
    )
    return [
        PublishedNote(one.id, one.kind, one.body, one.dated, author, one.written_at) for one, author in rows
    ]
