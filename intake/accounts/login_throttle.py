"""Throttle log-in attempts by account, not by network address: all Tor users share a few addresses.

The counts are in the database, so that web processes share them and a restart keeps them.
"""

import hmac
from datetime import timedelta
from math import ceil

from sqlalchemy import ColumnElement, Interval, and_, case, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.models import LoginAttempts

ATTEMPTS = 10
"""Number of attempts without a wait. Each further attempt waits twice as long as the one before."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
QUIET = timedelta(hours=1)
"""Time without an attempt after which the count begins anew."""


def count_attempt(session: Session, address: str) -> int:
    """Count a log-in attempt. Returns 0, or the seconds to wait if it comes too early. Such an attempt does not count.

    Commit before checking the password. Of a hundred simultaneous attempts, only ATTEMPTS are then checked.
    """
    attempt = insert(LoginAttempts).values(key=_key(address), count=1)
    expired = LoginAttempts.since <= func.now() - QUIET
    counted = attempt.on_conflict_do_update(
        index_elements=[LoginAttempts.key],
        set_={"count": case((expired, 1), else_=LoginAttempts.count + 1), "since": func.now()},
        # A simultaneous attempt may have stored a time slightly later than now(). Up to ATTEMPTS, that causes no wait.
        where=or_(expired, LoginAttempts.count < ATTEMPTS, LoginAttempts.since + _wait() <= func.now()),
    ).returning(LoginAttempts.count)
    return 0 if session.scalar(counted) else _seconds_left(session, address)


def count_in_period(session: Session, whose: str, most: int, period: timedelta) -> bool:
    """Count one of `most` attempts in a period that begins with the first. Returns False for any further attempt."""
    recent = LoginAttempts.since > func.now() - period
    attempt = insert(LoginAttempts).values(key=_key(whose), count=1)
    counted = attempt.on_conflict_do_update(
        index_elements=[LoginAttempts.key],
        set_={
            "count": case((recent, LoginAttempts.count + 1), else_=1),
            "since": case((recent, LoginAttempts.since), else_=func.now()),
        },
        where=or_(~recent, LoginAttempts.count < most),
    ).returning(LoginAttempts.count)
    return session.scalar(counted) is not None


def clear_attempts(session: Session, address: str) -> None:
    """Delete the count for this e-mail address, after a successful log-in."""
    session.execute(delete(LoginAttempts).where(LoginAttempts.key == _key(address)))


def delete_expired_attempts(session: Session) -> None:
    """Delete counts without an attempt for the time QUIET, so that the table stays small."""
    session.execute(delete(LoginAttempts).where(LoginAttempts.since < func.now() - QUIET))


def _seconds_left(session: Session, address: str) -> int:
    left = func.extract("epoch", LoginAttempts.since + _wait() - func.now())
    recent = and_(LoginAttempts.key == _key(address), LoginAttempts.since > func.now() - QUIET)
    return max(1, ceil(session.scalar(select(left).where(recent)) or 0))


def _wait() -> ColumnElement[timedelta]:
    """Return the wait after the last attempt, as SQL."""
    doublings = func.least(LoginAttempts.count - ATTEMPTS, 20)
    grown = func.least(FIRST_WAIT.seconds * func.power(2, doublings), LONGEST_WAIT.seconds)
    return func.make_interval(0, 0, 0, 0, 0, 0, grown, type_=Interval)


def _key(address: str) -> bytes:
    """Return a keyed hash of the e-mail address, so that a copy of the database reveals no addresses."""
    return hmac.digest(keyring().subkey("login attempts"), address.encode(), "sha256")
