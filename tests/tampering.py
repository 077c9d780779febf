"""Changes of events that triggers of the database refuse. A superuser can make them after disabling the triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from intake.db import transaction


@contextmanager
def tampering() -> Iterator[Session]:
    """A transaction without triggers and without checks of foreign keys."""
    with transaction() as session:
        without_triggers(session)
        yield session


def without_triggers(session: Session) -> None:
    """Switch triggers off until the end of the transaction. Superusers may do so."""
    session.execute(text("SET LOCAL session_replication_role = replica"))
