"""Sessions of browsers: begin, use, list, end."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from intake.accounts.factors.requirement import is_overdue
from intake.accounts.people import READERS
from intake.errors import NotFound
from intake.models import Editor, LoginSession, Role
from intake.models.event import LIVE_CHANNEL
from intake.settings import Settings, settings

USE_RECORDED_EVERY = timedelta(minutes=5)
ENDED_KEPT = timedelta(days=30)
"""Time for which an ended session is kept, so that its browser can be told why it ended."""
ACCOUNT_NOTICE = "account:"
"""Prefix of a live notice that the sessions or rights of an account have changed. The account's id follows."""


@dataclass(frozen=True)
class SessionSummary:
    """An open session. `used_at` is to the hour."""

    id: uuid.UUID
    created_at: datetime
    used_at: datetime


@dataclass(frozen=True)
class SessionLimits:
    """Longest time without use, and longest lifetime, of a session."""

    idle: timedelta
    lifetime: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "SessionLimits":
        """Return the limits in the settings."""
        return cls(timedelta(hours=settings.session_idle_hours), timedelta(days=settings.session_days))


def begin(session: Session, editor_id: int) -> uuid.UUID:
    """Begin a session, and return its id for the cookie."""
    made = LoginSession(editor_id=editor_id)
    session.add(made)
    session.flush()
    return made.id


def is_open(session: Session, session_id: uuid.UUID, editor_id: int, limits: SessionLimits) -> bool:
    """Return whether a session belongs to the account, has not ended and is within the limits."""
    return use_due(session, session_id, editor_id, limits) is not None


def use_due(session: Session, session_id: uuid.UUID, editor_id: int, limits: SessionLimits) -> bool | None:
    """Return whether `record_use` has something to write, or None if the session is not open (see `is_open`)."""
    due = LoginSession.used_at < func.now() - USE_RECORDED_EVERY
    query = select(due).where(LoginSession.id == session_id, LoginSession.editor_id == editor_id)
    return session.scalar(query.where(_open(limits)))


def admitted(
    session: Session,
    session_id: uuid.UUID | None,
    editor_id: int,
    limits: SessionLimits,
    roles: Collection[str] = READERS,
) -> Editor | None:
    """Return the account of an open session, if it is active and has one of `roles`. Else None.

    The account's second factor must not be overdue.
    """
    if session_id is None or not is_open(session, session_id, editor_id, limits):
        return None
    allowed = (Editor.id == editor_id) & Editor.active & Editor.roles.any(Role.name.in_(roles))
    found = session.scalar(select(Editor).where(allowed))
    return None if found is None or is_overdue(found, settings()) else found


def record_use(session: Session, session_id: uuid.UUID) -> None:
    """Record that a session is used now. Writes once in USE_RECORDED_EVERY at most."""
    now = func.date_bin(USE_RECORDED_EVERY, func.now(), datetime.fromisoformat("2000-01-01T00:00:00Z"))
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.ended_at.is_(None), LoginSession.used_at < now)
        .values(used_at=now)
    )


def why_ended(session: Session, session_id: uuid.UUID, limits: SessionLimits) -> str:
    """Return why a session has ended: one of END_REASONS, "idle", "lifetime", or "" if unknown."""
    found = session.get(LoginSession, session_id)
    if found is None:
        return ""
    if found.end_reason:
        return found.end_reason
    now = session.scalars(select(func.now())).one()
    if found.created_at <= now - limits.lifetime:
        return "lifetime"
    return "idle" if found.used_at <= now - limits.idle else ""


def sessions(session: Session, editor_id: int, limits: SessionLimits) -> list[SessionSummary]:
    """Return the open sessions of an account, last used first. Times of use are to the hour."""
    hour = func.date_trunc("hour", LoginSession.used_at, "UTC").label("used_hour")
    query = (
        select(LoginSession.id, LoginSession.created_at, hour)
        .where(LoginSession.editor_id == editor_id, _open(limits))
        .order_by(hour.desc(), LoginSession.created_at.desc())
    )
    return [SessionSummary(*row) for row in session.execute(query)]


def end(session: Session, editor_id: int, session_id: uuid.UUID, reason: str) -> None:
    """End one session of an account. Raises NotFound for sessions of others and for ended sessions."""
    if not _end(session, editor_id, LoginSession.id == session_id, reason):
        raise NotFound


def replace(session: Session, session_id: uuid.UUID) -> None:
    """End the session that a browser had before it logged in again. Does nothing if it is not open."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.ended_at.is_(None))
        .values(ended_at=func.now(), end_reason="logged_out")
    )


def end_all(session: Session, editor_id: int, reason: str, *, keep: uuid.UUID | None = None) -> int:
    """End all sessions of an account, except the session `keep`. Returns how many were ended."""
    which = LoginSession.id != keep if keep else LoginSession.id.is_not(None)
    return _end(session, editor_id, which, reason)


def announce(session: Session, editor_id: int) -> None:
    """Make all web processes check the live streams of an account at the commit."""
    session.execute(select(func.pg_notify(LIVE_CHANNEL, f"{ACCOUNT_NOTICE}{editor_id}")))


def forget_old(session: Session, limits: SessionLimits) -> None:
    """Delete sessions that ended or ran out long ago."""
    ended = LoginSession.ended_at < func.now() - ENDED_KEPT
    run_out = LoginSession.created_at < func.now() - limits.lifetime - ENDED_KEPT
    session.execute(delete(LoginSession).where(ended | run_out))


def _end(session: Session, editor_id: int, which: ColumnElement[bool], reason: str) -> int:
    ended = session.scalars(
        update(LoginSession)
        .where(LoginSession.editor_id == editor_id, LoginSession.ended_at.is_(None), which)
        .values(ended_at=func.now(), end_reason=reason)
        .returning(LoginSession.id)
    ).all()
    announce(session, editor_id)
    return len(ended)


def _open(limits: SessionLimits) -> ColumnElement[bool]:
    return (
        LoginSession.ended_at.is_(None)
        & (LoginSession.used_at > func.now() - limits.idle)
        & (LoginSession.created_at > func.now() - limits.lifetime)
    )
