"""The editors' queue, a page at a time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, select, true
from sqlalchemy.orm import Session, aliased

from intake import paging
from intake.lifecycle import LANES
from intake.models import Decision, Editor, Submission
from intake.paging import Count, Rows, counted, cursor
from intake.queue.filter_sql import filter_sql, terms
from intake.queue.filters import Filters
from intake.queue.items import QueueItem, items
from intake.queue.order import Order
from intake.queue.ordered_search import SearchPage, search_page

PAGE = 30


@dataclass(frozen=True)
class QueuePage:
    """Items and, unless this is the last page, the cursor of the next.

    `cut`: only so many were looked at, and the next page looks further. `nothing_asked`: the words hold none
    to look for.
    """

    items: list[QueueItem]
    next: str | None
    cut: bool = False
    nothing_asked: bool = False


def editor_queue(
    session: Session, filters: Filters | None = None, *, viewer: int = 0, after: str = ""
) -> QueuePage:
    """A page of what the filters choose for the editor `viewer`; three queries whatever its place, one more for words."""
    asked = filters or Filters()
    wanted = terms(session, [asked.q]).get(asked.q)
    if asked.q and wanted is None:
        return QueuePage([], None, nothing_asked=True)
    order = Order.parse(asked.sort, after)
    what = filter_sql(asked, viewer)
    if wanted or what.rest or asked.tag:
        query = _found(search_page(what, asked, wanted, order, PAGE + 1), order)
    else:
        query = _listed(what.walk, order)
    rows = session.execute(query).all()
    found = [(one, claimant, decision) for one, claimant, decision, *_ in rows if one is not None]
    lines = items(session, found[:PAGE], viewer)
    if len(found) > PAGE:
        last = found[PAGE - 1][0]
        at = last.waiting_since if asked.sort == "waiting" else last.received_at
        return QueuePage(lines, cursor(at, last.id))
    if not rows or not rows[0].cut:
        return QueuePage(lines, None)
    return QueuePage(lines, cursor(rows[0].cut_at, rows[0].cut_id), cut=True)


def _listed(query: Select[Submission], order: Order) -> Any:
    one = aliased(Submission, order.page(query, PAGE + 1).subquery())
    key = one.waiting_since if order.sort == "waiting" else one.received_at
    rows = select(one, Editor.name, Decision, literal(False).label("cut"))
    return _with_people(rows, one).order_by(*order.columns(key.expression, one.id.expression))


def _found(search: SearchPage, order: Order) -> Any:
    """At least one row, which may have no submission, but says whether and where the search was cut."""
    ends = select(
        search.cut.label("cut"), search.end.c.at.label("cut_at"), search.end.c.id.label("cut_id")
    ).subquery()
    one = aliased(Submission)
    rows = (
        select(one, Editor.name, Decision, ends)
        .select_from(ends)
        .outerjoin(search.rows, true())
        .outerjoin(one, one.id == search.rows.c.id)
    )
    return _with_people(rows, one).order_by(*order.columns(search.rows.c.at, search.rows.c.id))


def _with_people(rows: Any, one: Any) -> Any:
    """The claimant and the decision, which are looked up for this page alone."""
    claims = (one.claimed_by == Editor.id) & (one.claimed_until > func.now())
    return rows.outerjoin(Editor, claims).outerjoin(Decision, one.decision_id == Decision.id)


def lanes(session: Session) -> dict[str, Count]:
    """How many are in each lane, and in "all" of them; one query."""
    queries = [Rows(select(Submission.id).where(Submission.lane == lane)) for lane in LANES]
    by_lane = dict(zip(LANES, counted(session, queries, paging.MOST), strict=True))
    return by_lane | {"all": sum(by_lane.values(), start=Count(0))}


LATELY = 500
"""Submissions that are looked at: all would cost more the more there are."""


@dataclass(frozen=True)
class Suggestions:
    """Sorted, each once."""

    tags: list[str]
    regions: list[str]


def suggestions(session: Session) -> Suggestions:
    """What the newest submissions bear."""
    newest = select(Submission.tags, Submission.region).where(Submission.lane.is_not(None))
    rows = session.execute(newest.order_by(Submission.received_at.desc()).limit(LATELY)).all()
    return Suggestions(
        tags=sorted({tag for row in rows for tag in row.tags}, key=str.casefold),
        regions=sorted({row.region for row in rows if row.region}, key=str.casefold),
    )
