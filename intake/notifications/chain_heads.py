"""Weekly mail with the head of the chain of events: its recipients, and when each got the last one."""

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from intake import permissions
from intake.models import Editor, Role
from intake.notifications.digest import Addressee


def addressees(session: Session) -> list[Addressee]:
    """Return the active accounts that may see the head and want mail."""
    roles = permissions.roles_with("events.read")
    query = (
        select(Editor.id, Editor.email)
        .where(Editor.active, Editor.mail, Editor.roles.any(Role.name.in_(roles)))
        .order_by(Editor.id)
    )
    return [Addressee(number, email) for number, email in session.execute(query)]


def claim(session: Session, editor_id: int, asked_at: datetime) -> bool:
    """Claim the editor's mail of the job that was created at `asked_at`. Returns False if it was sent before."""
    unsent = or_(Editor.head_mailed_at.is_(None), Editor.head_mailed_at < asked_at)
    statement = update(Editor).where(Editor.id == editor_id, unsent).values(head_mailed_at=func.now())
    return session.scalar(statement.returning(Editor.id)) is not None


def unclaim(session: Session, editor_id: int) -> None:
    """Release the editor's mail after it failed, so that the retried job sends it."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(head_mailed_at=None))
