"""Editors are told: what is noted for them, and which mail has gone out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.models import Editor, Notification, Submission, record

GATHER = timedelta(minutes=1)
"""What comes within so long of each other is one mail; what is seen on the desk before needs none."""


def tell(session: Session, editor_id: int, submission: Submission, kind: str) -> None:
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
