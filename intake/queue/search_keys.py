"""Search keys of this installation. Only the desk and workers can derive them."""

import os
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.models import SearchKey
from intake.text.terms.keys import Generation

PURPOSE = "search terms"
"""Purpose of the subkey of the application secret. Processes that serve only contributors do not get this subkey."""
SALT_BYTES = 32


def current(session: Session) -> Generation:
    """Return the current generation, locked until the transaction ends. Creates the first one if there is none.

    Raises KeyFault in a process that serves only contributors.
    """
    secret = keyring().subkey(PURPOSE)
    # The lock keeps a rotation from removing the key before this transaction commits its entry.
    query = select(SearchKey).where(SearchKey.number > 0).order_by(SearchKey.number.desc()).limit(1)
    row = session.scalar(query.with_for_update(read=True, key_share=True))
    while row is None:
        add(session, 1)
        row = session.scalar(query.with_for_update(read=True, key_share=True))
    return _generation(row.number, secret, row.salt or b"")


def generations(session: Session) -> tuple[list[Generation], bool]:
    """Return all generations in use, oldest first, and whether there are entries in clear. Runs one query.

    Raises KeyFault in a process that serves only contributors.
    """
    secret = keyring().subkey(PURPOSE)
    rows = session.execute(select(SearchKey.number, SearchKey.salt).order_by(SearchKey.number)).all()
    found = [_generation(number, secret, salt) for number, salt in rows if salt is not None]
    return found, any(salt is None for _, salt in rows)


def add(session: Session, number: int) -> None:
    """Add a generation with a random salt, unless this number exists."""
    new = insert(SearchKey).values(number=number, salt=os.urandom(SALT_BYTES))
    session.execute(new.on_conflict_do_nothing())


@lru_cache(maxsize=8)
def _generation(number: int, secret: bytes, salt: bytes) -> Generation:
    """Return a generation. Cached, so that its keys are derived once per process."""
    return Generation(number, secret, salt)
