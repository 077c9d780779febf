"""Finding words in order without looking at everything.

PostgreSQL can walk submissions in order and look into each, which is quick for common words and takes minutes for rare
ones, or collect all that have a word and sort them, which is the other way round; its own guess of which it is was wrong
for every word that nobody had used yet (measured: 18 s, see docs/bench/desk.md). So both are done, each no further than it
is quick: first LOOK submissions are walked through; if they do not fill the page, all that have the words are collected, if
they are no more than HITS. Where there are more, the page ends where the walk did, and goes on from there.
"""

from dataclasses import dataclass

from sqlalchemy import (
    CTE,
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    case,
    cast,
    false,
    func,
    not_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from intake.models import SearchEntry, Submission
from intake.queries.counts import Rows
from intake.queries.order import Order

LOOK = 1500
"""Submissions that are walked through: 31 are found of a word that stands in one of 48."""
HITS = 20_000
"""Submissions with the words that are collected: one of 50 in a million."""


COUNTED = 2000
"""Submissions with the words that are looked at to count those of a view."""


@dataclass(frozen=True)
class Searched:
    """`rows` are `id` and `at`, the time they are ordered by, in no order. If `cut`, there may be more after `end`, a row
    of the same columns.
    """

    rows: Subquery
    cut: ColumnElement[bool]
    end: Subquery


def searched(query: Select[Submission], words: str, order: Order, limit: int) -> Searched:
    """The first `limit` in `order` of the submissions of `query` in which a tsquery is found."""
    walked = order.page(query.with_only_columns(Submission.id, order.at.label("at")), LOOK).cte()
    # A scalar, since PostgreSQL would turn a join or an EXISTS about, and then walk to the end.
    has_them = select(_has(words)).where(SearchEntry.submission_id == walked.c.id).scalar_subquery()
    near = select(walked).where(has_them).limit(limit).cte()
    hits = _collected(words, HITS)
    look_on = case((_count(near) >= limit, false()), (_count(walked) < LOOK, false()), else_=true())
    all_known = case((look_on, _count(hits) <= HITS), else_=false())
    far = select(_far(query, hits, order, limit, all_known))
    rows = union_all(select(near).where(not_(all_known)), far).subquery()
    return Searched(rows, look_on & not_(all_known), _last(walked, order))


def some(query: Select[Submission], words: str) -> Rows:
    """Submissions of `query` in which a tsquery is found, to be counted: of the first that were collected."""
    hits = _collected(words, COUNTED)
    return Rows(query.join(hits, hits.c.submission_id == Submission.id), _count(hits) > COUNTED)


def _has(words: str) -> ColumnElement[bool]:
    return SearchEntry.terms.bool_op("@@")(cast(words, TSQUERY))


def _collected(words: str, most: int) -> CTE:
    """Up to `most` submissions with the words and, if there are more, one more. By the index of words: materialized, it is
    planned as if all were wanted.
    """
    everywhere = select(SearchEntry.submission_id, SearchEntry.received_at).where(_has(words)).cte()
    return select(everywhere.prefix_with("MATERIALIZED", dialect="postgresql")).limit(most + 1).cte()


def _far(
    query: Select[Submission], hits: CTE, order: Order, limit: int, wanted: ColumnElement[bool]
) -> Subquery:
    """The first of those that were collected."""
    columns = query.with_only_columns(Submission.id, order.at.label("at"))
    found = columns.join(hits, hits.c.submission_id == Submission.id)
    return order.page(found.where(wanted), limit).subquery()


def _last(walked: CTE, order: Order) -> Subquery:
    backwards = order.reversed(walked.c.at, walked.c.id)
    return select(walked).order_by(*backwards).limit(1).subquery()


def _count(rows: CTE) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).scalar_subquery()
