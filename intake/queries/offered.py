"""Tags and regions to choose from: those in use lately."""

from dataclasses import dataclass

from sqlalchemy import func, literal, select, union
from sqlalchemy.orm import Session

from intake.models import Submission

LATELY = 500
"""Submissions that are looked at: all would cost more the more there are."""


LATEST = (
    select(Submission.tags, Submission.region)
    .where(Submission.lane.is_not(None))
    .order_by(Submission.received_at.desc())
    .limit(LATELY)
    .cte()
)
# The database leaves out what stands there twice: the page needs a few words, not hundreds of rows.
IN_USE = union(
    select(literal("tag").label("kind"), func.unnest(LATEST.c.tags).label("word")),
    select(literal("region"), LATEST.c.region),
)


@dataclass(frozen=True)
class Offered:
    """Sorted, each once."""

    tags: list[str]
    regions: list[str]


def offered(session: Session) -> Offered:
    """What the newest submissions bear."""
    rows = session.execute(IN_USE).all()
    return Offered(
        tags=sorted((row.word for row in rows if row.kind == "tag"), key=str.casefold),
        regions=sorted((row.word for row in rows if row.kind == "region" and row.word), key=str.casefold),
    )
