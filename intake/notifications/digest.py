"""Digest mails with numbers of waiting submissions: due times, recipients and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.accounts.people import READERS
from intake.lifecycle import GONE, UNSENT
from intake.models import Editor, Notification, Role, Submission
from intake.permissions.reach import EVERYTHING, NOTHING, Reach, reach_of, reach_of_id
from intake.settings import Settings

SKEW = timedelta(minutes=1)
"""Maximum difference between the scheduler's clock and the database's clock."""

TOO_LATE = timedelta(hours=3)
"""Age at which a digest is skipped instead of sent."""


@dataclass(frozen=True)
class Addressee:
    """An editor who wants mail."""

    id: int
    email: str


def last_due(now: datetime, hours: Sequence[int]) -> datetime | None:
    """Return when the last digest was due, or None if it is overdue by TOO_LATE or more.

    `hours` are hours of the day in UTC.
    """
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    times = [day + timedelta(hours=hour) for day in (today - timedelta(days=1), today) for hour in hours]
    last = max(time for time in times if time <= now + SKEW)
    return last if now - last < TOO_LATE else None


def addressees(session: Session, *, only: int | None = None) -> list[Addressee]:
    """Return the active accounts that may read submissions and want mail.

    With `only`, return at most the account with this id.
    """
    query = (
        select(Editor.id, Editor.email)
        .where(Editor.active, Editor.mail, Editor.roles.any(Role.name.in_(READERS)))
        .order_by(Editor.id)
    )
    if only is not None:
        query = query.where(Editor.id == only)
    return [Addressee(number, email) for number, email in session.execute(query)]


def database_time(session: Session) -> datetime:
    """Return the database's current time."""
    return session.scalars(select(func.now())).one()


def desk_counts(session: Session, settings: Settings, reach: Reach = EVERYTHING) -> dict[str, int]:
    """Return {"waiting", "overdue", "suspicious"}: numbers of submissions within `reach`.

    Suspicious submissions do not count as waiting.
    """
    overdue = func.count().filter(Submission.is_overdue(settings.overdue))
    query = select(func.count(), overdue).where(Submission.lane == "ours", *reach.conditions())
    waiting, late = session.execute(query).one()
    bots = select(func.count()).where(Submission.lane == "suspicious", *reach.conditions())
    suspicious = session.scalar(bots)
    return {"waiting": waiting, "overdue": late, "suspicious": suspicious or 0}


def mail_reach(session: Session, editor_id: int) -> Reach:
    """Return the submissions that the editor's digest counts: those that the editor may see and wants mail about."""
    editor = session.get(Editor, editor_id)
    return reach_of(editor).narrowed(editor.mail_sections, editor.mail_languages) if editor else NOTHING


def arrivals(session: Session, editor_id: int, reach: Reach = EVERYTHING) -> tuple[dict[str, int], int]:
    """Return {"arrived": submissions within `reach` since the editor's last digest}, and the newest arrival number.

    Before the first digest the count is 0. Suspicious and withdrawn submissions are left out.
    """
    newest = session.scalar(select(func.max(Submission.arrival)).where(Submission.status != UNSENT)) or 0
    last = session.scalar(select(Editor.digested_arrival).where(Editor.id == editor_id))
    if last is None:
        return {"arrived": 0}, newest
    query = select(func.count()).where(
        Submission.arrival > last,
        Submission.lane != "suspicious",
        Submission.status.not_in((*GONE, UNSENT)),
        *reach.conditions(),
    )
    return {"arrived": session.scalar(query) or 0}, newest


def mark_arrivals(session: Session, editor_id: int, newest: int) -> None:
    """Store the newest arrival number that a digest of the editor counted."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(digested_arrival=newest))


def assigned_counts(session: Session, editor_id: int) -> dict[str, int]:
    """Return {"assigned", "late"}: submissions assigned to the editor that are not done, and those past their due day."""
    query = select(func.count(), func.count().filter(Submission.is_late)).where(
        Submission.assigned_to == editor_id,
        Submission.lane != "done",
        *reach_of_id(session, editor_id).conditions(),
    )
    assigned, late = session.execute(query).one()
    return {"assigned": assigned, "late": late}


def editor_counts(session: Session, editor_id: int) -> dict[str, int]:
    """Return {"claimed", "unseen"}: the editor's claims and unread notifications."""
    reach = reach_of_id(session, editor_id)
    claims = (Submission.claimed_by == editor_id) & Submission.is_claimed
    unseen = (
        select(func.count())
        .select_from(Notification)
        .join(Submission, Submission.id == Notification.submission_id)
        .where(Notification.editor_id == editor_id, Notification.seen_at.is_(None), *reach.conditions())
    )
    return {
        "claimed": session.scalar(select(func.count()).where(claims, *reach.conditions())) or 0,
        "unseen": session.scalar(unseen) or 0,
    }


def digest_counts(session: Session, settings: Settings, editor_id: int) -> tuple[dict[str, int], int]:
    """Return all counts of an editor's digest, and the newest arrival number."""
    reach = mail_reach(session, editor_id)
    arrived, newest = arrivals(session, editor_id, reach)
    counts = {
        **desk_counts(session, settings, reach),
        **editor_counts(session, editor_id),
        **assigned_counts(session, editor_id),
        **arrived,
    }
    return counts, newest
