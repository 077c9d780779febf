"""State of scrubs: deletions since the last scrub, and the result of that scrub."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import Deletion, Scrub

FRESH = timedelta(hours=36)
"""Age up to which a scrub without problems shows that scrubs run. One is due every twelve hours."""


@dataclass(frozen=True)
class LastScrub:
    """Result of the last scrub. `succeeded_at` is the end of the last scrub without problems, or None.

    `deletions` is the number of deleting transactions since then.
    """

    tried_at: datetime | None
    succeeded_at: datetime | None
    problems: tuple[str, ...]
    deletions: int


def deletions(session: Session) -> list[int]:
    """Return the ids of deletions that no scrub has followed."""
    return list(session.scalars(select(Deletion.id)))


def store(session: Session, began: datetime, followed: Sequence[int], problems: Sequence[str]) -> None:
    """Record the end of a scrub that began at `began`. Without problems, the deletions it followed are done."""
    values = {"tried_at": began, "problems": list(problems)}
    if not problems:
        values["succeeded_at"] = session.scalar(select(func.clock_timestamp()))
        session.execute(delete(Deletion).where(Deletion.id.in_(followed)))
    session.execute(
        insert(Scrub).values(id=1, **values).on_conflict_do_update(index_elements=[Scrub.id], set_=values)
    )


def last_scrub(session: Session) -> LastScrub:
    """Return the result of the last scrub. All fields are empty before the first scrub."""
    found = session.get(Scrub, 1, populate_existing=True) or Scrub(problems=[])
    number = session.scalar(select(func.count()).select_from(Deletion)) or 0
    return LastScrub(found.tried_at, found.succeeded_at, tuple(found.problems), number)


def is_promised(session: Session) -> bool:
    """Return whether contributors may be told that traces go within a day: the last scrub is recent, without problems."""
    last = last_scrub(session)
    now = session.scalars(select(func.now())).one()
    return last.succeeded_at is not None and not last.problems and now - last.succeeded_at < FRESH
