"""Pages of the queue, counts of the lanes, and suggestions for filters."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, cast, func, literal, null, select, true, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from intake import paging
from intake.db import Bytes
from intake.lifecycle import LANES
from intake.models import Decision, Editor, Submission
from intake.models.sealing.key_ring import ring_of
from intake.paging import Count, CountQuery, CountStatement, count_rows, count_statement, cursor
from intake.permissions.reach import EVERYTHING, Reach
from intake.queue.filter_sql import filter_sql, state_conditions
from intake.queue.filters import PUBLISHING, READY, STATES, Filters
from intake.queue.items import QueueItem, items
from intake.queue.lists import PAGE_SIZE, count_limit, count_query
from intake.queue.order import SORT_COLUMNS, Order
from intake.queue.ordered_search import SearchPage, search_page
from intake.queue.similar_words import Similar, word_search
from intake.settings import Settings, settings
from intake.text.terms.keyed_query import KeyedQuery

ASSIGNEE = aliased(Editor)


@dataclass(frozen=True)
class QueuePage:
    """Page of the queue. `next` is the cursor of the next page, or None on the last page.

    `truncated`: the search reached its limit, and the next page continues it.
    `no_search_terms`: the search words contain no term to search for.
    `similar`: words that nothing was found for, and what was searched for instead.
    `matching` is the number of submissions in the list, or None in other lanes than "ours".
    """

    items: list[QueueItem]
    next: str | None
    truncated: bool = False
    no_search_terms: bool = False
    matching: Count | None = None
    similar: tuple[Similar, ...] = ()


def editor_queue(
    session: Session,
    filters: Filters | None = None,
    *,
    viewer: int = 0,
    after: str = "",
    reach: Reach = EVERYTHING,
) -> QueuePage:
    """Return a page of the submissions within `reach` that match the filters. `viewer` is the id of the editor.

    Runs a constant number of queries: four in a lane of submissions that can be decided, else three, and one to four more for
    search words (word_search).
    """
    filters = filters or Filters()
    search = word_search(session, filters.q, reach)
    words, similar = search.words, search.similar
    if filters.q and words is None:
        return QueuePage([], None, no_search_terms=True)
    order = Order.parse(filters.sort, after)
    rows = session.execute(_page_query(filters, viewer, words, order, settings(), reach)).all()
    found = [(one, *joined) for one, *joined in (row[:4] for row in rows) if one is not None]
    lines = items(session, found[:PAGE_SIZE], viewer)
    matching = _matching(session, filters, viewer, words, reach)
    if len(found) > PAGE_SIZE:
        last = found[PAGE_SIZE - 1][0]
        at = getattr(last, SORT_COLUMNS[filters.sort])
        return QueuePage(lines, cursor(at, last.arrival), matching=matching, similar=similar)
    if not rows or not rows[0].truncated:
        return QueuePage(lines, None, matching=matching, similar=similar)
    end = cursor(rows[0].end_at, rows[0].end_arrival)
    return QueuePage(lines, end, truncated=True, matching=matching, similar=similar)


def _matching(
    session: Session, filters: Filters, viewer: int, words: KeyedQuery | None, reach: Reach
) -> Count | None:
    if filters.lane != "ours":
        return None
    statement = _matching_statement(filters, viewer, words, settings(), reach)
    return count_rows(session, statement)[0]


@lru_cache(maxsize=256)
def _matching_statement(
    filters: Filters, viewer: int, words: KeyedQuery | None, config: Settings, reach: Reach
) -> CountStatement:
    most = count_limit(filters, viewer, words, reach)
    return count_statement([count_query(filters, words, viewer, config, most, reach)], most)


@lru_cache(maxsize=256)
def _page_query(
    filters: Filters, viewer: int, words: KeyedQuery | None, order: Order, config: Settings, reach: Reach
) -> Any:
    """Build the query of a page. Cached, because building the query takes longer than sending it.

    The query depends on the arguments alone.
    """
    sql = filter_sql(filters, viewer, config, reach)
    if words or sql.remaining or filters.tag:
        return _search_query(search_page(sql, filters, words, order, PAGE_SIZE + 1), order)
    return _list_query(sql.indexed_query, order)


def _list_query(query: Select[Submission], order: Order) -> Any:
    one = aliased(Submission, order.page(query, PAGE_SIZE + 1).subquery())
    key = getattr(one, SORT_COLUMNS[order.sort])
    rows = select(one, Editor.name, ASSIGNEE.name, Decision, literal(False).label("truncated"))
    return _with_people_and_decision(rows, one).order_by(
        *order.columns(key.expression, one.arrival.expression)
    )


def _search_query(search: SearchPage, order: Order) -> Any:
    """Build the query of a search. The query returns at least one row, whose submission may be NULL.

    Each row has the columns `truncated`, `end_at` and `end_arrival`: whether and where the search was truncated.
    """
    ends = select(
        search.truncated.label("truncated"),
        search.end.c.at.label("end_at"),
        search.end.c.arrival.label("end_arrival"),
    ).subquery()
    one = aliased(Submission)
    rows = (
        select(one, Editor.name, ASSIGNEE.name, Decision, ends)
        .select_from(ends)
        .outerjoin(search.rows, true())
        .outerjoin(one, one.id == search.rows.c.id)
    )
    return _with_people_and_decision(rows, one).order_by(
        *order.columns(search.rows.c.at, search.rows.c.arrival)
    )


def _with_people_and_decision(rows: Any, one: Any) -> Any:
    """Join the claim holder, the assignee and the decision, only for the rows of this page."""
    claims = (one.claimed_by == Editor.id) & one.is_claimed
    people = rows.outerjoin(Editor, claims).outerjoin(ASSIGNEE, one.assigned_to == ASSIGNEE.id)
    return people.outerjoin(Decision, one.decision_id == Decision.id)


@lru_cache(maxsize=64)
def _count_by_lane(most: int, reach: Reach) -> CountStatement:
    return count_statement(
        [
            CountQuery(select(Submission.id).where(Submission.lane == lane, *reach.conditions()))
            for lane in LANES
        ]
        + [CountQuery(select(Submission.id).where(*state_conditions(READY), *reach.conditions()))],
        most,
    )


def lane_counts(session: Session, reach: Reach = EVERYTHING) -> dict[str, Count]:
    """Return {lane: number of submissions within `reach`}, with the key "all" for all lanes. Runs one query.

    The key "ready" has the number of submissions that can be published now.
    """
    *numbers, ready = count_rows(session, _count_by_lane(paging.COUNT_LIMIT, reach))
    by_lane = dict(zip(LANES, numbers, strict=True))
    return by_lane | {"all": sum(by_lane.values(), start=Count(0)), "ready": ready}


@lru_cache(maxsize=64)
def _count_by_state(most: int, reach: Reach) -> CountStatement:
    return count_statement(
        [
            CountQuery(
                select(Submission.id).where(
                    Submission.lane == PUBLISHING, *state_conditions(state), *reach.conditions()
                )
            )
            for state in STATES
        ],
        most,
    )


def state_counts(session: Session, reach: Reach = EVERYTHING) -> dict[str, Count]:
    """Return {state: number of submissions within `reach`} of the lane PUBLISHING. Runs one query."""
    return dict(zip(STATES, count_rows(session, _count_by_state(paging.COUNT_LIMIT, reach)), strict=True))


SUGGESTION_SAMPLE = 500
"""Number of newest submissions that suggestions come from, so that the cost stays constant."""
NOTHING = cast(null(), Bytes)


@lru_cache(maxsize=64)
def _in_use(reach: Reach) -> Any:
    latest = (
        select(
            Submission.id,
            Submission.tags_sealed,
            Submission.tag_terms,
            Submission.region_sealed,
            Submission.region_term,
        )
        # A wave of bots would displace all other tags and regions. The comparison also leaves out a lane of NULL.
        .where(Submission.lane != "suspicious", *reach.conditions())
        .order_by(Submission.received_at.desc(), Submission.arrival.desc())
        .limit(SUGGESTION_SAMPLE)
        .cte()
    )
    # Take one submission for each tag and region, because decrypting hundreds of sealed rows would be slow.
    each = select(
        latest.c.id, latest.c.tags_sealed.label("tags"), func.unnest(latest.c.tag_terms).label("term")
    ).subquery()
    tags = (
        select(each.c.id, each.c.tags, NOTHING.label("region"))
        .ext(distinct_on(each.c.term))
        .order_by(each.c.term, each.c.id)
    )
    regions = (
        select(latest.c.id, NOTHING, latest.c.region_sealed)
        .where(latest.c.region_term.is_not(None))
        .ext(distinct_on(latest.c.region_term))
        .order_by(latest.c.region_term, latest.c.id)
    )
    return union_all(tags, regions)


@dataclass(frozen=True)
class Suggestions:
    """Suggested tags and regions, sorted and without duplicates."""

    tags: list[str]
    regions: list[str]


def suggestions(session: Session, reach: Reach = EVERYTHING) -> Suggestions:
    """Return the tags and regions of the newest submissions within `reach`."""
    rows = session.execute(_in_use(reach)).all()
    ring_of(session).meet([row.id for row in rows])
    tags = {row.id: Submission.tags.opened(session, row.tags, id=row.id) for row in rows if row.tags}
    regions = {Submission.region.opened(session, row.region, id=row.id) for row in rows if row.region}
    return Suggestions(
        tags=sorted({tag for found in tags.values() for tag in found}, key=str.casefold),
        regions=sorted(filter(None, regions), key=str.casefold),
    )
