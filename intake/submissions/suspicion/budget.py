"""Counts of the submissions of this hour.

A row has a keyed hash of the hour instead of the hour, so that the table does not reveal when a submission arrived.
"""

from hashlib import blake2b

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.models import HourlyCount
from intake.settings import settings

_ALL, _HASTY = 1, 2
FEW_HASTY = 3
"""Number of hasty submissions in an hour that may still come from people, who paste a prepared text."""


def is_exceeded(session: Session) -> bool:
    """Count a submission, and return whether more have arrived in this hour than the setting allows."""
    return _count(session, _ALL) > settings().hourly_budget


def are_many_hasty(session: Session) -> bool:
    """Count a hasty submission, and return whether more than FEW_HASTY have arrived in this hour."""
    return _count(session, _HASTY) > FEW_HASTY


def _count(session: Session, kind: int) -> int:
    now = session.scalars(select(func.now())).one()
    hour = blake2b(f"{now:%Y-%m-%dT%H}".encode(), key=keyring().subkey("hour"), digest_size=16).digest()
    added = insert(HourlyCount).values(id=kind, hour=hour, count=1)
    same = HourlyCount.hour == added.excluded.hour
    counted = added.on_conflict_do_update(
        index_elements=[HourlyCount.id],
        set_={"hour": added.excluded.hour, "count": case((same, HourlyCount.count + 1), else_=1)},
    ).returning(HourlyCount.count)
    return session.scalars(counted).one()
