"""Keyset pages: a page costs the same wherever it lies, and does not shift while the queue moves."""

import base64
import binascii
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, literal, select, union_all
from sqlalchemy.orm import Session


def cursor(at: datetime, ident: uuid.UUID) -> str:
    """Where a page ended, as an opaque word for an address."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{ident}".encode()).decode().rstrip("=")


def parse(word: str) -> tuple[datetime, uuid.UUID] | None:
    """What `cursor` was given; None for anything else."""
    try:
        at, _, ident = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode().partition("|")
        place = datetime.fromisoformat(at), uuid.UUID(ident)
    except (ValueError, binascii.Error):
        return None
    return place if place[0].tzinfo else None


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
