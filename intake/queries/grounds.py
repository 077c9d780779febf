"""What the machines stand on beside the broker and the storage: the database, and the letters that go out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from intake.models import Job, Notification
from intake.models.job import UNDER_WAY


@dataclass(frozen=True)
class Grounds:
    """`database` is PostgreSQL's version, `bytes` what it holds; `letters` are jobs that are to write to
    somebody; the last that told of something at once went at `last_letter_at`.
    """

    database: str
    bytes: int
    letters: int
    last_letter_at: datetime | None


def grounds(session: Session) -> Grounds:
    """As the database knows them."""
    not_done = Job.kind.in_(("notify.now", "notify.digest")) & Job.status.in_(UNDER_WAY)
    return Grounds(
        session.scalar(text("SHOW server_version")) or "",
        session.scalar(select(func.pg_database_size(func.current_database()))) or 0,
        session.scalar(select(func.count()).where(not_done)) or 0,
        session.scalar(select(func.max(Notification.mailed_at))),
    )
