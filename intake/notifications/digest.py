"""Who is to be told by mail that something waits at the desk, and how much does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from intake.accounts.people import READERS
from intake.lifecycle import LANES
from intake.models import Editor, Notification, Role, Submission
from intake.settings import Settings

SKEW = timedelta(minutes=1)
"""The clock that starts the job and the database's may differ by so much."""

LATE = timedelta(hours=3)
"""A digest that nobody could send for so long is left out."""


@dataclass(frozen=True)
class Addressee:
    """Somebody of the desk who wants mail."""

    id: int
    email: str


def due(now: datetime, hours: Sequence[int]) -> datetime | None:
    """When the last digest was due, by the hours of the day in UTC; None if that is long ago."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    times = [day + timedelta(hours=hour) for day in (today - timedelta(days=1), today) for hour in hours]
    last = max(time for time in times if time <= now + SKEW)
    return last if now - last < LATE else None


def addressees(session: Session, *, only: int | None = None) -> list[Addressee]:
    """Those who read at the desk, are not switched off, and want mail; all, or the one of this number."""
    query = (
        select(Editor.id, Editor.email)
        .where(Editor.active, Editor.mail, Editor.roles.any(Role.name.in_(READERS)))
        .order_by(Editor.id)
    )
    if only is not None:
        query = query.where(Editor.id == only)
    return [Addressee(number, email) for number, email in session.execute(query)]


def now(session: Session) -> datetime:
    """The database's time."""
    return session.scalars(select(func.now())).one()


def desk_counts(session: Session, settings: Settings) -> dict[str, int]:
    """What waits for the desk, and what of it for too long: the same for everybody."""
    ours = Submission.status.in_(LANES["ours"]) & Submission.settles_at.is_(None)
    query = select(func.count(), func.count().filter(_overdue(settings))).where(ours)
    waiting, overdue = session.execute(query).one()
    return {"waiting": waiting, "overdue": overdue}


def own_counts(session: Session, editor_id: int) -> dict[str, int]:
    """What an editor has in hand, and what they were told of and have not seen."""
    claims = (Submission.claimed_by == editor_id) & (Submission.claimed_until > func.now())
    unseen = (Notification.editor_id == editor_id) & Notification.seen_at.is_(None)
    return {
        "claimed": session.scalar(select(func.count()).where(claims)) or 0,
        "unseen": session.scalar(select(func.count()).where(unseen)) or 0,
    }


def _overdue(settings: Settings) -> ColumnElement[bool]:
    waits = dict(settings.overdue)
    most = waits.pop("")
    single = [(Submission.section == section, wait) for section, wait in waits.items()]
    return Submission.waiting_since < func.now() - (case(*single, else_=most) if single else most)
