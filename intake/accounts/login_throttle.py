"""Who tries passwords has to wait after a few: counted by account and not by network address, since all of Tor is one.

In the database, so that two web processes count together and a restart forgets nothing.
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


def admit(session: Session, whose: str) -> bool:
    """Count an attempt at the password of `whose`, before it is looked at; False after too many in one period.

    Commit before looking: of a hundred attempts at once, ten are looked at.
    """
    recent = LoginAttempts.since > func.now() - PERIOD
    attempt = insert(LoginAttempts).values(key=_key(whose), count=1)
    counted = attempt.on_conflict_do_update(
        index_elements=[LoginAttempts.key],
        set_={
            "count": case((recent, LoginAttempts.count + 1), else_=1),
            "since": case((recent, LoginAttempts.since), else_=func.now()),
        },
    ).returning(LoginAttempts.count)
    return session.scalars(counted).one() <= ATTEMPTS


def forgive(session: Session, whose: str) -> None:
    """The password was right: count from nothing again."""
    session.execute(delete(LoginAttempts).where(LoginAttempts.key == _key(whose)))


def forget_old(session: Session) -> None:
    """Attempts that no longer count: the table is as long as one period's worth of attempts."""
    session.execute(delete(LoginAttempts).where(LoginAttempts.since < func.now() - PERIOD))


def _key(whose: str) -> bytes:
    """A copied database must not tell whose password was tried."""
    return hmac.digest(keyring().subkey("login attempts"), whose.encode(), "sha256")
