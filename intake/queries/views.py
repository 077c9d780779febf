"""Saved views: filters of the queue under a name."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.models import Editor, View
from intake.queries.chosen import chosen, terms
from intake.queries.counts import Count, Counting, Rows, counted, counting
from intake.queries.filters import Filters
from intake.queries.order import Order
from intake.queries.searched import searched
from intake.settings import Settings, settings
from intake.text.search import Query

SHOWN = 20
MOST = 100
"""So far a view is counted: with rare words further would cost too much."""


@dataclass(frozen=True)
class SavedView:
    """`owner` is the name of who saved it; `count` how many submissions it has now."""

    id: int
    name: str
    owner: str
    mine: bool
    shared: bool
    filters: Filters
    count: Count


def views(session: Session, viewer: int) -> list[SavedView]:
    """The first SHOWN of the editor's own and of those that others share, by name, their own before the others'."""
    offered = (
        select(View, Editor.name)
        .join(Editor, Editor.id == View.editor_id)
        .where(or_(View.editor_id == viewer, View.shared))
        .order_by(View.editor_id != viewer, View.name, View.id)
        .limit(SHOWN)
    )
    rows = session.execute(offered).all()
    filters = [Filters.parse(view.filters) for view, _ in rows]
    numbers = _counts(session, filters, viewer)
    return [
        SavedView(view.id, view.name, owner, view.editor_id == viewer, view.shared, asked, number)
        for (view, owner), asked, number in zip(rows, filters, numbers, strict=True)
    ]


def _counts(session: Session, filters: list[Filters], viewer: int) -> list[Count]:
    found = terms(session, [one.q for one in filters])
    asked = tuple((one, found.get(one.q)) for one in filters if not one.q or found[one.q])
    if not asked:
        return [Count(0) for _ in filters]
    numbers = iter(counted(session, _counting(asked, viewer, settings())))
    return [Count(0) if one.q and not found[one.q] else next(numbers) for one in filters]


@lru_cache(maxsize=64)
def _counting(asked: tuple[tuple[Filters, Query | None], ...], viewer: int, config: Settings) -> Counting:
    """The statement that counts these. It follows from the arguments alone; building it takes longer than sending it."""
    return counting([_rows(filters, words, viewer, config) for filters, words in asked], MOST)


def _rows(filters: Filters, words: Query | None, viewer: int, config: Settings) -> Rows:
    what, order = chosen(filters, viewer, config), Order(filters.sort)
    if not words and not what.rest and not filters.tag:
        return Rows(what.walk)
    found = searched(what, filters, words, order, MOST + 1)
    return Rows(select(found.rows.c.id), found.cut)
