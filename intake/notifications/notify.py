"""Notify editors: create notifications, mark them read, and track which were mailed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.orm import Session

from intake.models import Editor, Event, Notification, Submission, contribution_time, record
from intake.models.lookup import titles
from intake.models.message import CAUSED_BY_CONTRIBUTORS
from intake.permissions.reach import reach_of, reach_of_id

MAIL_DELAY = timedelta(minutes=1)
"""Delay before a notification is mailed.

Notifications of one editor within this time share one mail.
Notifications that the editor reads on the desk within this time are not mailed.
"""


def notify(session: Session, editor_id: int, submission: Submission, kind: str) -> None:
    """Create a notification for an editor, to be mailed later. `kind` is one of models.message.KINDS.

    Does nothing if the submission is beyond the editor's reach.
    """
    if not reach_of_id(session, editor_id).covers(submission.section, submission.language):
        return
    notification = Notification(editor_id=editor_id, submission_id=submission.id, kind=kind)
    if kind not in CAUSED_BY_CONTRIBUTORS:
        notification.created_at = func.now()
    session.add(notification)
    record(session, "editor.told", after=MAIL_DELAY, account=editor_id)


def notify_once(session: Session, editor_id: int, submission: Submission, kind: str) -> None:
    """Create a notification, unless the editor has an unread one of this kind about the submission.

    So a job that runs twice notifies once. The caller has locked the submission.
    """
    same = select(Notification.id).where(
        Notification.editor_id == editor_id,
        Notification.submission_id == submission.id,
        Notification.kind == kind,
        Notification.seen_at.is_(None),
    )
    if session.scalar(same.limit(1)) is None:
        notify(session, editor_id, submission, kind)


def settle(session: Session, submission_id: uuid.UUID, kind: str) -> None:
    """Mark all notifications of a kind about a submission as read, because nothing is left to do about them."""
    here = (Notification.submission_id == submission_id) & (Notification.kind == kind)
    unread = Notification.seen_at.is_(None)
    session.execute(update(Notification).where(here, unread).values(seen_at=func.now()))


def claim_unmailed(session: Session, editor_id: int) -> list[tuple[int, str]]:
    """Mark the editor's unread, unmailed notifications as mailed. Returns their (id, kind) pairs.

    Notifications about submissions beyond the editor's reach are left out.
    Call this before sending the mail, so that only one of two workers sends it.
    If a worker dies before it has sent the mail, the next digest still counts the unread notifications.
    """
    taken = session.execute(
        update(Notification)
        .where(
            Notification.editor_id == editor_id,
            Notification.mailed_at.is_(None),
            Notification.seen_at.is_(None),
            Notification.submission_id.in_(
                select(Submission.id).where(*reach_of_id(session, editor_id).conditions())
            ),
        )
        .values(
            mailed_at=case(
                (Notification.kind.in_(CAUSED_BY_CONTRIBUTORS), contribution_time.now()), else_=func.now()
            )
        )
        .returning(Notification.id, Notification.kind)
    )
    return [(number, kind) for number, kind in taken]


def unclaim_unmailed(session: Session, notification_ids: Sequence[int]) -> None:
    """Mark notifications as not mailed, after their mail failed."""
    session.execute(update(Notification).where(Notification.id.in_(notification_ids)).values(mailed_at=None))


def claim_digest(session: Session, editor_id: int, due: datetime) -> bool:
    """Claim the editor's digest that was due at `due`. Returns False if a worker has claimed it before."""
    editor = session.scalars(select(Editor).where(Editor.id == editor_id).with_for_update()).one()
    if editor.digested_at is not None and editor.digested_at >= due:
        return False
    editor.digested_at = due
    return True


def unclaim_digest(session: Session, editor_id: int) -> None:
    """Release the editor's digest, so that it is due again after its mail failed."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(digested_at=None))


def mark_read(session: Session, editor: Editor, submission_id: uuid.UUID | None = None) -> None:
    """Mark the editor's notifications about one submission, or about all submissions, as read."""
    unseen = (Notification.editor_id == editor.id) & Notification.seen_at.is_(None)
    if submission_id is not None:
        unseen &= Notification.submission_id == submission_id
    session.execute(update(Notification).where(unseen).values(seen_at=func.now()))


UNREAD_LIMIT = 100


@dataclass(frozen=True)
class NotificationItem:
    """An unread notification. `title` is empty if the submission cannot be opened any more."""

    submission_id: uuid.UUID
    short_id: str
    title: str
    language: str
    kind: str
    at: datetime


def notified_editor_id(session: Session, event_id: int) -> int | None:
    """Return the id of the editor to notify, from the data of an event such as `editor.told`.

    None if a purge has emptied the event. Nobody is notified then.
    """
    account: int | None = session.get_one(Event, event_id).data.get("account")
    return account


def unread_count(session: Session, editor: Editor) -> int:
    """Return the number of the editor's unread notifications."""
    query = select(func.count()).select_from(Notification).where(_unread(editor))
    reach = reach_of(editor)
    if reach.is_limited:
        query = query.join(Submission, Submission.id == Notification.submission_id).where(*reach.conditions())
    return session.scalar(query) or 0


def unread(
    session: Session, editor: Editor, submission_id: uuid.UUID | None = None
) -> list[NotificationItem]:
    """Return the editor's unread notifications about one or all submissions, newest first.

    Returns at most UNREAD_LIMIT notifications.
    """
    query = (
        select(Notification, Submission)
        .join(Submission, Submission.id == Notification.submission_id)
        .where(_unread(editor), *reach_of(editor).conditions())
        .order_by(Notification.id.desc())
        .limit(UNREAD_LIMIT)
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


def _unread(editor: Editor) -> ColumnElement[bool]:
    return (Notification.editor_id == editor.id) & Notification.seen_at.is_(None)
