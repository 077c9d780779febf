"""What open pages of the desk hear at the very moment of a commit: numbers, and nothing else."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

CHANNEL = "transom_live"


def announce(session: Session, what: int | uuid.UUID) -> None:
    """Say at the commit that there is an event (its id), or somebody else before a submission (the submission's)."""
    session.execute(select(func.pg_notify(CHANNEL, str(what))))
