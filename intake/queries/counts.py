"""How many there are, counted no further than people read: it costs the same among a thousand and among a million."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from intake.lifecycle import LANES
from intake.models import Submission

MOST = 1000


@dataclass(frozen=True)
class Count:
    """So many, or, if `more`, at least so many."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' * self.more}"

    def __add__(self, other: "Count") -> "Count":
        """Together, and no more than MOST is said."""
        total = self.number + other.number
        return Count(min(total, MOST), self.more or other.more or total > MOST)


def lanes(session: Session) -> dict[str, Count]:
    """How many are in each lane, and in "all" of them; one query."""
    found = counted(session, [select(Submission.id).where(Submission.lane == lane) for lane in LANES], MOST)
    by_lane = dict(zip(LANES, found, strict=True))
    return by_lane | {"all": sum(found, start=Count(0))}


def counted(session: Session, what: Sequence[Select[Any]], most: int) -> list[Count]:
    """How many rows each of these would give, up to `most`; one query for all."""
    parts = [
        select(literal(place).label("place"), func.count().label("number")).select_from(
            query.with_only_columns(literal(1)).order_by(None).limit(most + 1).subquery()
        )
        for place, query in enumerate(what)
    ]
    if not parts:
        return []
    numbers = {row.place: row.number for row in session.execute(union_all(*parts))}
    return [Count(min(numbers[place], most), numbers[place] > most) for place in range(len(parts))]
