"""How many there are, counted no further than people read: it costs the same among a thousand and among a million."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, literal, select, union_all
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
    by_lane = dict(zip(LANES, counted(session, BY_LANE), strict=True))
    return by_lane | {"all": sum(by_lane.values(), start=Count(0))}


@dataclass(frozen=True)
class Counting:
    """A statement that counts several queries, each up to `most`."""

    statement: "CompoundSelect[int, int, bool]"
    most: int


def counting(what: Sequence[Rows], most: int) -> Counting:
    """The statement that counts the rows of each of these, of which there is at least one."""
    return Counting(union_all(*(_part(place, rows, most) for place, rows in enumerate(what))), most)


def counted(session: Session, asked: Counting) -> list[Count]:
    """How many rows there are of each, in their order; one query."""
    rows = sorted(session.execute(asked.statement), key=lambda row: row.place)
    return [Count(min(row.number, asked.most), row.cut or row.number > asked.most) for row in rows]


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


BY_LANE = counting([Rows(select(Submission.id).where(Submission.lane == lane)) for lane in LANES], MOST)
