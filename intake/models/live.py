"""What open pages of the desk hear at the very moment of a commit: numbers, and nothing else."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, literal, select
from sqlalchemy.orm import Session

CHANNEL = "transom_live"


def announce(session: Session, what: int | uuid.UUID) -> None:
    """Say at the commit that there is an event (its id), or somebody else before a submission (the submission's)."""
    session.execute(announcing(literal(str(what))))


def announcing(what: ColumnElement[Any]) -> Select[Any]:
    """The statement that says it."""
    return select(func.pg_notify(CHANNEL, cast(what, Text)))
