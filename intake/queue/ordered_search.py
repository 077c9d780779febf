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
from intake.queue.filter_sql import FilterSql
from intake.queue.filters import Filters
from intake.queue.order import Order
from intake.text.search import Query

LOOK, LOOK_FOR_WORDS = 5000, 1500
"""Submissions that are walked through; words lie apart from them, and take longer to look up."""
HITS, HITS_OF_PHRASES = 20_000, 3000
"""Submissions with the words or the tag that are collected: one of 50 in a million. Of a phrase, with its words, which then
have to be looked up."""


@dataclass(frozen=True)
class SearchPage:
    """`rows` are `id` and `at`, the time they are ordered by, in no order. If `cut`, there may be more after `end`, a row
    of the same columns.
    """

    rows: Subquery
    cut: ColumnElement[bool]
    end: Subquery


def search_page(
    what: FilterSql, filters: Filters, words: Query | None, order: Order, limit: int
) -> SearchPage:
    """The first `limit` in `order` of those chosen by the filters, and in which the words are found."""
    look = LOOK_FOR_WORDS if words else LOOK
    at, fits = order.at.label("at"), and_(true(), *what.rest).label("fits")
    walked = order.page(what.walk.with_only_columns(Submission.id, at, fits), look).cte()
    near = select(walked.c.id, walked.c.at).where(walked.c.fits, _has(words, walked)).limit(limit).cte()
    look_on = case((_count(near) >= limit, false()), (_count(walked) < look, false()), else_=true())
    most = HITS_OF_PHRASES if words and words.exact != words.loose else HITS
    hits = _collected(words, filters.tag, most)
    if hits is None:
        return SearchPage(select(near).subquery(), look_on, _last(walked, order))
    all_known = case((look_on, _count(hits) <= most), else_=false())
    ordered = _ordered(what, hits, order)
    wanted = (all_known, _chooses(what, ordered), _has(words, ordered))
    far = select(select(ordered).where(*wanted).limit(limit).subquery())
    rows = union_all(select(near).where(not_(all_known)), far).subquery()
    return SearchPage(rows, look_on & not_(all_known), _last(walked, order))


def _has(words: Query | None, rows: CTE) -> ColumnElement[bool]:
    """Whether a row's submission has the words. A scalar: a join or an EXISTS PostgreSQL would turn about, and lose order."""
    if words is None:
        return true()
    return select(_matches(words.exact)).where(SearchEntry.submission_id == rows.c.id).scalar_subquery()


def _matches(words: str) -> ColumnElement[bool]:
    return SearchEntry.terms.bool_op("@@")(cast(words, TSQUERY))


def _collected(words: Query | None, tag: str, most: int) -> CTE | None:
    """Up to `most` submissions with the words, else with the tag, and, if there are more, one more; None where neither is
    asked for. By their index: what is materialized is planned as if all were wanted.
    """
    if words:
        entries = select(SearchEntry.submission_id.label("id"), SearchEntry.received_at.label("at"))
        everywhere = entries.where(_matches(words.loose)).cte()
    elif tag:
        tagged = select(Submission.id, Submission.received_at.label("at"))
        everywhere = tagged.where(Submission.tags.contains([tag])).cte()
    else:
        return None
    return select(everywhere.prefix_with("MATERIALIZED", dialect="postgresql")).limit(most + 1).cte()


def _ordered(what: FilterSql, hits: CTE, order: Order) -> CTE:
    """The collected after the place of the page, in order."""
    if order.sort == "waiting":
        # Few wait; and when they began to is not filed with their words.
        waiting = select(Submission.id, order.at.label("at")).where(*what.by)
        hits = waiting.join(hits, hits.c.id == Submission.id).cte()
    at, ident = hits.c.at, hits.c.id
    return select(ident, at).where(order.beyond(at, ident)).order_by(*order.columns(at, ident)).cte()


def _chooses(what: FilterSql, rows: CTE) -> ColumnElement[bool]:
    """Whether the filters choose a row's submission; a scalar too."""
    return select(and_(*what.by, *what.rest)).where(Submission.id == rows.c.id).scalar_subquery()


def _last(walked: CTE, order: Order) -> Subquery:
    backwards = order.reversed(walked.c.at, walked.c.id)
    return select(walked.c.id, walked.c.at).order_by(*backwards).limit(1).subquery()


def _count(rows: CTE) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).scalar_subquery()
