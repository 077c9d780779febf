"""Throttle log-in attempts by account, not by network address: all Tor users share a few addresses.

The counts are in the database, so that web processes share them and a restart keeps them.
"""

import hmac
from datetime import timedelta

from sqlalchemy import case, delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.models import LoginAttempts

ATTEMPTS = 10
PERIOD = timedelta(minutes=15)


def count_attempt(session: Session, address: str) -> bool:
    """Count a log-in attempt. Returns False after more than ATTEMPTS in one PERIOD.

    Commit before checking the password. Of a hundred simultaneous attempts, only ATTEMPTS are then checked.
    """
    recent = LoginAttempts.since > func.now() - PERIOD
    attempt = insert(LoginAttempts).values(key=_key(address), count=1)
    counted = attempt.on_conflict_do_update(
        index_elements=[LoginAttempts.key],
        set_={
            "count": case((recent, LoginAttempts.count + 1), else_=1),
            "since": case((recent, LoginAttempts.since), else_=func.now()),
        },
    ).returning(LoginAttempts.count)
    return session.scalars(counted).one() <= ATTEMPTS


def clear_attempts(session: Session, address: str) -> None:
    """Delete the count for this e-mail address, after a correct password."""
    session.execute(delete(LoginAttempts).where(LoginAttempts.key == _key(address)))


def delete_expired_attempts(session: Session) -> None:
    """Delete counts that began more than PERIOD ago, so that the table stays small."""
    session.execute(delete(LoginAttempts).where(LoginAttempts.since < func.now() - PERIOD))


def _key(address: str) -> bytes:
    """Return a keyed hash of the e-mail address, so that a copy of the database reveals no addresses."""
    return hmac.digest(keyring().subkey("login attempts"), address.encode(), "sha256")
