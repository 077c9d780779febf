"""Saved views: named filters of the queue, private or shared. Names and filters are sealed (intake/queue/view_seals.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake import db
from intake.errors import LimitReached, NameTaken, NotFound
from intake.models import Editor, View
from intake.paging import Count, CountStatement, count_rows, count_statement
from intake.permissions.reach import EVERYTHING, Reach
from intake.queue.filter_sql import text_queries
from intake.queue.filters import Filters
from intake.queue.lists import count_query
from intake.queue.view_seals import ViewWords, open_view, seal_view
from intake.settings import Settings, settings
from intake.text.terms.keyed_query import KeyedQuery

NAME_ONCE = "uq_views_editor_id_name_hash"
VIEW_LIMIT = 20
"""Maximum number of views of one editor."""


def save_view(
    session: Session, editor: Editor, name: str, filters: Mapping[str, str], *, shared: bool
) -> View:
    """Save the query parameters `filters` as a view of the editor. Raises NameTaken or LimitReached."""
    mine = session.scalars(select(View).where(View.editor_id == editor.id)).all()
    if sum(open_view(view) is not None for view in mine) >= VIEW_LIMIT:
        raise LimitReached
    view = View(editor_id=editor.id, shared=shared)
    seal_view(view, ViewWords(name, filters))
    session.add(view)
    db.flush(session, NAME_ONCE, NameTaken)
    return view


def change_view(session: Session, view_id: int, editor: Editor, name: str, *, shared: bool) -> None:
    """Rename the editor's own view, share it, or stop sharing it. Raises NotFound or NameTaken."""
    view = _own_view(session, view_id, editor)
    words = open_view(view)
    if words is None:
        raise NotFound
    seal_view(view, ViewWords(name, words.filters))
    view.shared = shared
    db.flush(session, NAME_ONCE, NameTaken)


def remove_view(session: Session, view_id: int, editor: Editor) -> None:
    """Delete the editor's own view. Raises NotFound."""
    session.delete(_own_view(session, view_id, editor))


def _own_view(session: Session, view_id: int, editor: Editor) -> View:
    view = session.scalar(select(View).where(View.id == view_id, View.editor_id == editor.id))
    if view is None:
        raise NotFound
    return view


SHOWN_VIEWS = 20
COUNT_LIMIT = 100
"""Limit up to which the submissions of a view are counted. With rare words, counting further is too slow."""


@dataclass(frozen=True)
class SavedView:
    """A saved view. `owner` is the name of its editor. `count` is the current number of matching submissions.

    `mine` is true if the viewer owns the view.
    """

    id: int
    name: str
    owner: str
    mine: bool
    shared: bool
    filters: Filters
    count: Count


def views(session: Session, viewer: int, reach: Reach = EVERYTHING) -> list[SavedView]:
    """Return the editor's own views, then views that other editors share, each sorted by name.

    Returns at most SHOWN_VIEWS views, which count the submissions within `reach`. A view that another application secret
    sealed is left out.
    """
    offered = (
        select(View, Editor.name)
        .join(Editor, Editor.id == View.editor_id)
        .where(or_(View.editor_id == viewer, View.shared))
    )
    rows = [(view, words, owner) for view, owner in session.execute(offered) if (words := open_view(view))]
    rows.sort(key=lambda row: (row[0].editor_id != viewer, row[1].name.casefold(), row[0].id))
    del rows[SHOWN_VIEWS:]
    filters = [Filters.parse(words.filters) for _, words, _ in rows]
    numbers = _counts(session, filters, viewer, reach)
    return [
        SavedView(view.id, words.name, owner, view.editor_id == viewer, view.shared, asked, number)
        for (view, words, owner), asked, number in zip(rows, filters, numbers, strict=True)
    ]


def _counts(session: Session, filters: list[Filters], viewer: int, reach: Reach) -> list[Count]:
    found = text_queries(session, [one.q for one in filters])
    asked = tuple((one, found.get(one.q)) for one in filters if not one.q or found[one.q])
    if not asked:
        return [Count(0) for _ in filters]
    numbers = iter(count_rows(session, _statement(asked, viewer, settings(), reach)))
    return [Count(0) if one.q and not found[one.q] else next(numbers) for one in filters]


@lru_cache(maxsize=64)
def _statement(
    asked: tuple[tuple[Filters, KeyedQuery | None], ...], viewer: int, config: Settings, reach: Reach
) -> CountStatement:
    """Build the statement of the counts. Cached, because building the statement takes longer than sending it.

    The statement depends on the arguments alone.
    """
    return count_statement(
        [count_query(filters, words, viewer, config, COUNT_LIMIT, reach) for filters, words in asked],
        COUNT_LIMIT,
    )
