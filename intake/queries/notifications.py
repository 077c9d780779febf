"""What editors have been told of."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.models import Editor, Event, Notification, Submission
from intake.models.lookup import titles

SHOWN = 100


@dataclass(frozen=True)
class Told:
    """Something an editor should see; `title` is empty where there is nothing left to open."""

    submission_id: uuid.UUID
    short_id: str
    title: str
    language: str
    kind: str
    at: datetime


def told(session: Session, event_id: int) -> int:
    """Whom an event `editor.told` is about."""
    return int(session.get_one(Event, event_id).data["account"])


def unseen_count(session: Session, editor: Editor) -> int:
    """How much there is that an editor has not seen."""
    return session.scalar(select(func.count()).where(_unseen(editor))) or 0


def unseen(session: Session, editor: Editor, submission_id: uuid.UUID | None = None) -> list[Told]:
    """The same one by one, the newest first: of one submission, or of all."""
    query = (
        select(Notification, Submission)
        .join(Submission, Submission.id == Notification.submission_id)
        .where(_unseen(editor))
        .order_by(Notification.id.desc())
        .limit(SHOWN)
    )
    if submission_id is not None:
        query = query.where(Notification.submission_id == submission_id)
    found = list(session.execute(query))
    words = titles(session, [submission.id for _, submission in found])
    return [
        Told(s.id, s.short_id, words.get(s.id, ""), s.language, notification.kind, notification.created_at)
        for notification, s in found
    ]


def _unseen(editor: Editor) -> ColumnElement[bool]:
    return (Notification.editor_id == editor.id) & Notification.seen_at.is_(None)
