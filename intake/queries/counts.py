"""How many there are, counted no further than people read: it costs the same among a thousand and among a million."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, literal, select, union_all
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


@dataclass(frozen=True)
class Rows:
    """What is counted; if `cut`, there may be more than the query gives."""

    query: Select[Any]
    cut: ColumnElement[bool] = field(default_factory=false)


def lanes(session: Session) -> dict[str, Count]:
    """How many are in each lane, and in "all" of them; one query."""
    queries = [Rows(select(Submission.id).where(Submission.lane == lane)) for lane in LANES]
    by_lane = dict(zip(LANES, counted(session, queries, MOST), strict=True))
    return by_lane | {"all": sum(by_lane.values(), start=Count(0))}


def counted(session: Session, what: Sequence[Rows], most: int) -> list[Count]:
    """How many rows each of these would give, up to `most`; one query for all."""
    if not what:
        return []
    parts = union_all(*(_part(place, rows, most) for place, rows in enumerate(what)))
    found = {row.place: row for row in session.execute(parts)}
    return [
        Count(min(found[place].number, most), found[place].cut or found[place].number > most)
        for place in range(len(what))
    ]


def _part(place: int, rows: Rows, most: int) -> Select[int, int, bool]:
    few = (
        rows.query.with_only_columns(literal(1), maintain_column_froms=True)
        .order_by(None)
        .limit(most + 1)
        .subquery()
    )
    return select(
        literal(place).label("place"), func.count().label("number"), rows.cut.label("cut")
    ).select_from(few)
