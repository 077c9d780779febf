"""Saving filters of the queue under a name, for oneself or for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.db import violates
from intake.errors import NameTaken, NotFound, TooMany
from intake.models import Editor, View
from intake.paging import Count, Rows, counted
from intake.queue.filter_sql import filter_sql, terms
from intake.queue.filters import Filters
from intake.queue.order import Order
from intake.queue.ordered_search import search_page
from intake.text.search import Query

MOST = 20
"""Views of one person."""


def save_view(
    session: Session, editor: Editor, name: str, filters: Mapping[str, str], *, shared: bool
) -> View:
    """Keep `filters`, words of the queue's address, as a view of the editor's; NameTaken, TooMany."""
    mine = select(func.count()).select_from(View).where(View.editor_id == editor.id)
    if (session.scalar(mine) or 0) >= MOST:
        raise TooMany
    view = View(editor_id=editor.id, name=name, shared=shared, filters=dict(filters))
    session.add(view)
    _flush(session)
    return view


def change_view(session: Session, view_id: int, editor: Editor, name: str, *, shared: bool) -> None:
    """Give one's own view another name, or share it, or keep it for oneself; NotFound, NameTaken."""
    view = _own(session, view_id, editor)
    view.name, view.shared = name, shared
    _flush(session)


def remove_view(session: Session, view_id: int, editor: Editor) -> None:
    """Forget one's own view; NotFound."""
    session.delete(_own(session, view_id, editor))


def _own(session: Session, view_id: int, editor: Editor) -> View:
    view = session.scalar(select(View).where(View.id == view_id, View.editor_id == editor.id))
    if view is None:
        raise NotFound
    return view


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if violates(error, "uq_views_editor_id_name"):
            raise NameTaken from None
        raise


SHOWN = 20
MOST_COUNTED = 100
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
    asked = [one for one in filters if not one.q or found[one.q]]
    numbers = iter(counted(session, [_rows(one, found.get(one.q), viewer) for one in asked], MOST_COUNTED))
    return [next(numbers) if one in asked else Count(0) for one in filters]


def _rows(filters: Filters, words: Query | None, viewer: int) -> Rows:
    what, order = filter_sql(filters, viewer), Order(filters.sort)
    if not words and not what.rest and not filters.tag:
        return Rows(what.walk)
    found = search_page(what, filters, words, order, MOST_COUNTED + 1)
    return Rows(select(found.rows.c.id), found.cut)
