"""Saved views: filters of the queue under a name."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.models import Editor, View
from intake.queries.chosen import chosen, terms
from intake.queries.counts import Count, counted
from intake.queries.filters import Filters

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
    queries = [chosen(one, viewer, found) for one in filters]
    numbers = iter(counted(session, [query for query in queries if query is not None], MOST))
    return [Count(0) if query is None else next(numbers) for query in queries]
