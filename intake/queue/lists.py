"""Lists of the queue: a submission's place in a list, what follows it, and the submissions of a whole list.

A list is a set of filters with an order. Nothing of it is stored: places are found by the sort key of the submission,
so a list stays right while others decide.
"""

import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    Uuid,
    bindparam,
    false,
    func,
    select,
)
from sqlalchemy.orm import Session

from intake import paging
from intake.models import Submission
from intake.paging import Count, CountQuery, cursor
from intake.permissions.reach import EVERYTHING, Reach
from intake.queue.filter_sql import filter_sql
from intake.queue.filters import Filters
from intake.queue.order import Order
from intake.queue.ordered_search import contains_words, search_page
from intake.queue.similar_words import word_search
from intake.settings import Settings, settings
from intake.text.terms.keyed_query import KeyedQuery

PAGE_SIZE = 30
SEARCH_COUNT_LIMIT = 100
"""Limit up to which the matches of a search are counted. With rare words, counting further is too slow."""


@dataclass(frozen=True)
class ListPlace:
    """Place of a submission in a list.

    `number` counts from 1. It is None if the list does not have the submission, for example after a decision.
    `total` is the number of submissions in the list. `before` and `after` are the neighbours' ids, or None.
    `page` is the cursor of a page of the list that shows the submission, "" for the first page.
    """

    number: Count | None
    total: Count
    before: uuid.UUID | None
    after: uuid.UUID | None
    page: str


def place(
    session: Session,
    filters: Filters,
    viewer: int,
    submission_id: uuid.UUID,
    reach: Reach = EVERYTHING,
) -> ListPlace:
    """Return the place of a submission in the list, among those within `reach`. Runs one query, and one to four more for search words."""
    words = word_search(session, filters.q, reach).words
    if filters.q and words is None:
        return ListPlace(None, Count(0), None, None, "")
    statement = _place_statement(filters, viewer, words, settings(), reach)
    row = session.execute(statement, {"here": submission_id}).one()
    most = count_limit(filters, viewer, words, reach)
    before = Count(min(row.before, most), row.more_before or row.before > most)
    after = Count(min(row.after, most), row.more_after or row.after > most)
    one = Count(1)
    return ListPlace(
        before + one if row.member else None,
        before + after + one if row.member else before + after,
        row.previous,
        row.following,
        cursor(row.page_at, row.page_arrival) if row.page_at and row.before >= PAGE_SIZE else "",
    )


def sort_key(session: Session, filters: Filters, submission_id: uuid.UUID) -> tuple[Any, int] | None:
    """Return (sort time, arrival) of a submission in the list, or None if there is no such submission."""
    at = Order(filters.sort).at
    row = session.execute(select(at, Submission.arrival).where(Submission.id == submission_id)).one_or_none()
    return (row[0], row[1]) if row else None


def following(
    session: Session,
    filters: Filters,
    viewer: int,
    key: tuple[Any, int] | None,
    *,
    but: uuid.UUID,
    reach: Reach = EVERYTHING,
) -> uuid.UUID | None:
    """Return the submission that follows the sort key in the list, else the first of the list, else None.

    Leaves out `but`, on which the editor has just decided, and submissions beyond `reach`.
    """
    words = word_search(session, filters.q, reach).words
    if filters.q and words is None:
        return None
    for after in dict.fromkeys((key, None)):
        order = Order(filters.sort, after)
        rows, _ = _rows(filters, viewer, words, settings(), reach, order, 2)
        ids = session.scalars(select(rows.c.id).order_by(*order.columns(rows.c.at, rows.c.arrival)))
        found: uuid.UUID | None = next((one for one in ids if one != but), None)
        if found is not None:
            return found
    return None


def first_matches(
    session: Session, filters: Filters, viewer: int, limit: int, reach: Reach = EVERYTHING
) -> dict[uuid.UUID, int]:
    """Return {id: version} of the first `limit` submissions of the list within `reach`, in its order."""
    words = word_search(session, filters.q, reach).words
    if filters.q and words is None:
        return {}
    order = Order(filters.sort)
    rows, _ = _rows(filters, viewer, words, settings(), reach, order, limit)
    found = select(Submission.id, Submission.version).join(rows, rows.c.id == Submission.id)
    ordered = found.order_by(*order.columns(rows.c.at, rows.c.arrival))
    return {ident: version for ident, version in session.execute(ordered)}  # noqa: C416 - rows are not plain tuples to a type checker


def count_query(
    filters: Filters, words: KeyedQuery | None, viewer: int, config: Settings, most: int, reach: Reach
) -> CountQuery:
    """Build the query whose rows are the submissions of a list. A search finds at most `most` + 1 of them."""
    sql, order = filter_sql(filters, viewer, config, reach), Order(filters.sort)
    if not words and not sql.remaining and not filters.tag:
        return CountQuery(sql.indexed_query)
    found = search_page(sql, filters, words, order, most + 1)
    return CountQuery(select(found.rows.c.id), found.truncated)


def count_limit(filters: Filters, viewer: int, words: KeyedQuery | None, reach: Reach) -> int:
    """Return the number up to which the submissions of a list are counted."""
    return (
        SEARCH_COUNT_LIMIT if _must_search(filters, viewer, words, settings(), reach) else paging.COUNT_LIMIT
    )


def _must_search(
    filters: Filters, viewer: int, words: KeyedQuery | None, config: Settings, reach: Reach
) -> bool:
    return bool(words or filters.tag or filter_sql(filters, viewer, config, reach).remaining)


def _rows(
    filters: Filters,
    viewer: int,
    words: KeyedQuery | None,
    config: Settings,
    reach: Reach,
    order: Order,
    limit: int,
) -> tuple[Subquery, ColumnElement[bool]]:
    """Build the query of the first `limit` submissions of a list, and the condition that its search was truncated.

    The columns are `id`, `at` and `arrival`. The rows have no order.
    """
    sql = filter_sql(filters, viewer, config, reach)
    if _must_search(filters, viewer, words, config, reach):
        found = search_page(sql, filters, words, order, limit)
        return found.rows, found.truncated
    columns = Submission.id, order.at.label("at"), Submission.arrival
    return order.page(sql.indexed_query.with_only_columns(*columns), limit).subquery(), false()


@lru_cache(maxsize=256)
def _place_statement(
    filters: Filters, viewer: int, words: KeyedQuery | None, config: Settings, reach: Reach
) -> Select[*tuple[Any, ...]]:
    """Build the statement that finds a ListPlace. Its parameter `here` is a submission's id.

    Cached, because building the statement takes longer than sending it.
    """
    limit = count_limit(filters, viewer, words, reach) + 1
    here = Submission.id == bindparam("here", type_=Uuid())
    # Use two scalar subqueries, since PostgreSQL does not use the index if one subquery returns both columns.
    at = select(Order(filters.sort).at).where(here).scalar_subquery()
    key = (at, select(Submission.arrival).where(here).scalar_subquery())
    ahead, back = Order(filters.sort, key), Order(filters.sort, key, backwards=True)
    after, more_after = _rows(filters, viewer, words, config, reach, ahead, limit)
    before, more_before = _rows(filters, viewer, words, config, reach, back, limit)
    afters, befores = select(after).cte(), select(before).cte()
    sql = filter_sql(filters, viewer, config, reach)
    present = select(Submission.id).where(here, *sql.indexed, *sql.remaining).cte()
    member = select(func.count()).select_from(present).where(contains_words(words, present))
    # The page that shows the submission begins after the last row of the page before.
    start = select(befores).order_by(*back.columns(befores.c.at, befores.c.arrival)).limit(1)
    start_row = start.offset(_count(befores) % PAGE_SIZE).cte()
    return select(
        _count(befores).label("before"),
        _count(afters).label("after"),
        more_before.label("more_before"),
        more_after.label("more_after"),
        _first(befores, back).label("previous"),
        _first(afters, ahead).label("following"),
        select(start_row.c.at).scalar_subquery().label("page_at"),
        select(start_row.c.arrival).scalar_subquery().label("page_arrival"),
        member.scalar_subquery().label("member"),
    )


def _count(rows: CTE) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).scalar_subquery()


def _first(rows: CTE, order: Order) -> ScalarSelect[uuid.UUID]:
    return select(rows.c.id).order_by(*order.columns(rows.c.at, rows.c.arrival)).limit(1).scalar_subquery()
