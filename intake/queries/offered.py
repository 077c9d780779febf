"""Tags and regions to choose from: those in use lately."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Submission

LATELY = 500
"""Submissions that are looked at: all would cost more the more there are."""


@dataclass(frozen=True)
class Offered:
    """Sorted, each once."""

    tags: list[str]
    regions: list[str]


def offered(session: Session) -> Offered:
    """What the newest submissions bear."""
    newest = select(Submission.tags, Submission.region).where(Submission.lane.is_not(None))
    rows = session.execute(newest.order_by(Submission.received_at.desc()).limit(LATELY)).all()
    return Offered(
        tags=sorted({tag for row in rows for tag in row.tags}, key=str.casefold),
        regions=sorted({row.region for row in rows if row.region}, key=str.casefold),
    )
