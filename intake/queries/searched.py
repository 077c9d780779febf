"""Finding in order without looking at everything.

PostgreSQL can walk submissions in order and look into each, which is quick for common words and takes minutes for rare
ones, or collect all that have a word and sort them, which is the other way round; its own guess of which it is was wrong
for every word that nobody had used yet (18 s among a million, docs/bench/desk.md). So both are done, each no further than
it is quick: some submissions are walked through; if they do not fill the page, all that have the words, or the tag, are
collected, if they are no more than HITS. Where there are more, the page ends where the walk did, and goes on from there.
"""

from dataclasses import dataclass

from sqlalchemy import (
    CTE,
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    and_,
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
from intake.queries.chosen import Chosen
from intake.queries.filters import Filters
from intake.queries.order import Order

LOOK, LOOK_FOR_WORDS = 10_000, 1500
"""Submissions that are walked through; words lie apart from them, and take longer to look up."""
HITS = 20_000
"""Submissions with the words or the tag that are collected: one of 50 in a million."""


@dataclass(frozen=True)
class Searched:
    """`rows` are `id` and `at`, the time they are ordered by, in no order. If `cut`, there may be more after `end`, a row
    of the same columns.
    """

    rows: Subquery
    cut: ColumnElement[bool]
    end: Subquery


def searched(what: Chosen, filters: Filters, words: str | None, order: Order, limit: int) -> Searched:
    """The first `limit` in `order` of those chosen by the filters, and in which `words`, a tsquery, are found."""
    look = LOOK_FOR_WORDS if words else LOOK
    at, fits = order.at.label("at"), and_(true(), *what.rest).label("fits")
    walked = order.page(what.walk.with_only_columns(Submission.id, at, fits), look).cte()
    near = _near(walked, words).limit(limit).cte()
    look_on = case((_count(near) >= limit, false()), (_count(walked) < look, false()), else_=true())
    hits = _collected(words, filters.tag)
    if hits is None:
        return Searched(select(near).subquery(), look_on, _last(walked, order))
    all_known = case((look_on, _count(hits) <= HITS), else_=false())
    far = select(_far(what.all, hits, order, limit, all_known))
    rows = union_all(select(near).where(not_(all_known)), far).subquery()
    return Searched(rows, look_on & not_(all_known), _last(walked, order))


def _near(walked: CTE, words: str | None) -> Select[*tuple[object, ...]]:
    near = select(walked.c.id, walked.c.at).where(walked.c.fits)
    if not words:
        return near
    # A scalar, since PostgreSQL would turn a join or an EXISTS about, and then walk to the end.
    has_them = select(_has(words)).where(SearchEntry.submission_id == walked.c.id).scalar_subquery()
    return near.where(has_them)


def _has(words: str) -> ColumnElement[bool]:
    return SearchEntry.terms.bool_op("@@")(cast(words, TSQUERY))


def _collected(words: str | None, tag: str) -> CTE | None:
    """Up to HITS submissions with the words, else with the tag, and, if there are more, one more; None where neither is
    asked for. By their index: what is materialized is planned as if all were wanted.
    """
    if words:
        everywhere = select(SearchEntry.submission_id.label("id")).where(_has(words)).cte()
    elif tag:
        everywhere = select(Submission.id).where(Submission.tags.contains([tag])).cte()
    else:
        return None
    return select(everywhere.prefix_with("MATERIALIZED", dialect="postgresql")).limit(HITS + 1).cte()


def _far(
    query: Select[Submission], hits: CTE, order: Order, limit: int, wanted: ColumnElement[bool]
) -> Subquery:
    """The first of those that were collected."""
    columns = query.with_only_columns(Submission.id, order.at.label("at"))
    return order.page(columns.join(hits, hits.c.id == Submission.id).where(wanted), limit).subquery()


def _last(walked: CTE, order: Order) -> Subquery:
    backwards = order.reversed(walked.c.at, walked.c.id)
    return select(walked.c.id, walked.c.at).order_by(*backwards).limit(1).subquery()


def _count(rows: CTE) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).scalar_subquery()
