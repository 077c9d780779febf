"""Editors are told: what is noted for them, and which mail has gone out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from intake.models import Editor, Event, Notification, Submission, record
from intake.models.lookup import titles

GATHER = timedelta(minutes=1)
"""What comes within so long of each other is one mail; what is seen on the desk before needs none."""


def notify(session: Session, editor_id: int, submission: Submission, kind: str) -> None:
    """Note that an editor should hear of a submission (`kind` of models.notification.KINDS), by mail as well."""
    session.add(Notification(editor_id=editor_id, submission_id=submission.id, kind=kind))
    record(session, "editor.told", after=GATHER, account=editor_id)


def begin_mail(session: Session, editor_id: int) -> list[tuple[int, str]]:
    """Take what an editor has neither seen nor been written of, as (number, kind): a mail is about to go out.

    It counts as mailed from now, so that of two workers one writes. Where a worker is ended before its mail has left,
    the next digest counts what is unseen.
    """
    taken = session.execute(
        update(Notification)
        .where(
            Notification.editor_id == editor_id,
            Notification.mailed_at.is_(None),
            Notification.seen_at.is_(None),
        )
        .values(mailed_at=func.now())
        .returning(Notification.id, Notification.kind)
    )
    return [(number, kind) for number, kind in taken]


def mail_failed(session: Session, notification_ids: Sequence[int]) -> None:
    """The mail did not leave: these are to be told of again."""
    session.execute(update(Notification).where(Notification.id.in_(notification_ids)).values(mailed_at=None))


def begin_digest(session: Session, editor_id: int, due: datetime) -> bool:
    """Take the digest of an editor that was due at a time; False if it was taken before."""
    editor = session.scalars(select(Editor).where(Editor.id == editor_id).with_for_update()).one()
    if editor.digested_at is not None and editor.digested_at >= due:
        return False
    editor.digested_at = due
    return True


def digest_failed(session: Session, editor_id: int) -> None:
    """It did not leave: it is due again."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(digested_at=None))


def mark_read(session: Session, editor: Editor, submission_id: uuid.UUID | None = None) -> None:
    """All that this editor was told of one submission, or of all, counts as seen."""
    unseen = (Notification.editor_id == editor.id) & Notification.seen_at.is_(None)
    if submission_id is not None:
        unseen &= Notification.submission_id == submission_id
    session.execute(update(Notification).where(unseen).values(seen_at=func.now()))


SHOWN = 100


@dataclass(frozen=True)
class NotificationItem:
    """Something an editor should see; `title` is empty where there is nothing left to open."""

    submission_id: uuid.UUID
    short_id: str
    title: str
    language: str
    kind: str
    at: datetime


def notified_editor_id(session: Session, event_id: int) -> int:
    """Whom an event `editor.told` is about."""
    return int(session.get_one(Event, event_id).data["account"])


def unread_count(session: Session, editor: Editor) -> int:
    """How much there is that an editor has not seen."""
    return session.scalar(select(func.count()).where(_unseen(editor))) or 0


def unread(
    session: Session, editor: Editor, submission_id: uuid.UUID | None = None
) -> list[NotificationItem]:
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
        NotificationItem(
            s.id, s.short_id, words.get(s.id, ""), s.language, notification.kind, notification.created_at
        )
        for notification, s in found
    ]


def _unseen(editor: Editor) -> ColumnElement[bool]:
    return (Notification.editor_id == editor.id) & Notification.seen_at.is_(None)
