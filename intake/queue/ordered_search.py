"""Search in the order of the queue, with a bounded cost.

PostgreSQL can read submissions in order and check each submission. This is fast for common words, and takes
minutes for rare words. Or it can collect all matches and sort them, which is fast for rare words only.
PostgreSQL's own choice was wrong for words that no submission contains: among a million submissions, such a
search took 18 s. So this module does both, each up to a limit.
First it reads WALK_LIMIT submissions in order (the walk).
If they do not fill the page, it collects all matches of the words or the tag (the hits), up to HIT_LIMIT.
If there are more matches, the page ends where the walk ended, and the next page continues from there.
docs/bench/desk.md has the measurements.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    ScalarSelect,
    Subquery,
    Text,
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
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.types import TypeEngine

from intake.models import SearchEntry, Submission
from intake.queue.filter_sql import FilterSql, has_tag
from intake.queue.filters import Filters
from intake.queue.order import Order
from intake.text.terms.keyed_query import KeyedQuery, Phrase

WALK_LIMIT, WALK_LIMIT_FOR_WORDS = 5000, 1500
"""Maximum number of submissions read in order. A search for words needs one more lookup for each submission,
so its limit is lower."""
HIT_LIMIT, HIT_LIMIT_FOR_PHRASES = 20_000, 3000
"""Maximum number of collected matches: one in 50 of a million submissions. The limit is lower for phrases,
since each match of the words must then be checked for the phrase."""


@dataclass(frozen=True)
class SearchPage:
    """Result of a search.

    `rows` has the columns `id`, `at` and `arrival` (the time and the number to sort by), unordered.
    If `truncated` is true, there may be more matches after `end`, which is a row with the columns `at` and `arrival`.
    """

    rows: Subquery
    truncated: ColumnElement[bool]
    end: Subquery


def search_page(
    sql: FilterSql, filters: Filters, words: KeyedQuery | None, order: Order, limit: int
) -> SearchPage:
    """Build the queries for the first `limit` submissions in `order` that match the filters and the words."""
    walk_limit = WALK_LIMIT_FOR_WORDS if words else WALK_LIMIT
    at, fits = order.at.label("at"), and_(true(), *sql.remaining).label("fits")
    walked = order.page(
        sql.indexed_query.with_only_columns(Submission.id, at, Submission.arrival, fits), walk_limit
    ).cte()
    fitting = select(walked.c.id, walked.c.at, walked.c.arrival).where(
        walked.c.fits, contains_words(words, walked)
    )
    walk_matches = fitting.limit(limit).cte()
    walk_truncated = case(
        (_count(walk_matches) >= limit, false()), (_count(walked) < walk_limit, false()), else_=true()
    )
    hit_limit = HIT_LIMIT_FOR_PHRASES if words and words.has_phrases else HIT_LIMIT
    hits = _hits(words, filters.tag, hit_limit)
    if hits is None:
        return SearchPage(select(walk_matches).subquery(), walk_truncated, _last_row(walked, order))
    # Use the hits only if the walk did not fill the page and all hits were collected.
    use_hits = case((walk_truncated, _count(hits) <= hit_limit), else_=false())
    ordered = _hits_after_cursor(sql, hits, order)
    wanted = (use_hits, _passes_filters(sql, ordered), contains_words(words, ordered))
    hit_matches = select(select(ordered).where(*wanted).limit(limit).subquery())
    rows = union_all(select(walk_matches).where(not_(use_hits)), hit_matches).subquery()
    return SearchPage(rows, walk_truncated & not_(use_hits), _last_row(walked, order))


def contains_words(words: KeyedQuery | None, rows: CTE) -> ColumnElement[bool]:
    """Build a scalar subquery that is true if a row's submission contains the words.

    PostgreSQL would reorder a join or an EXISTS, and lose the order of the rows.
    """
    if words is None:
        return true()
    terms = _of_bucket(words, words.terms, TSQUERY())
    matches = and_(_has_terms(terms), *(_has_phrase(words, phrase) for phrase in words.phrases))
    return select(matches).where(SearchEntry.submission_id == rows.c.id).scalar_subquery()


def _has_phrase(words: KeyedQuery, phrase: Phrase) -> ColumnElement[bool]:
    links = SearchEntry.links.contains(cast(_of_bucket(words, phrase.links, Text()), ARRAY(Integer)))
    if not phrase.negative:
        return links
    return not_(and_(links, _has_terms(_of_bucket(words, phrase.terms, TSQUERY()))))


def _of_bucket(words: KeyedQuery, literals: tuple[str, ...], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """Return an expression for the literal of the search entry's bucket. `literals` has one literal per bucket."""
    # Parenthesize the cast, or PostgreSQL would read the subscript as part of the type.
    array = Grouping(cast(list(literals), ARRAY(kind)))
    return array[SearchEntry.bucket - (words.first_bucket - 1)]


def _has_terms(query: ColumnElement[Any]) -> ColumnElement[bool]:
    return SearchEntry.terms.bool_op("@@")(query)


def _hits(words: KeyedQuery | None, tag: str, most: int) -> CTE | None:
    """Build the query for up to `most + 1` submissions with the words. Without words, with the tag.

    Returns None if there are neither words nor a tag.
    The query is materialized, so that PostgreSQL plans for all rows and uses the index of words or tags.
    """
    if words:
        entry = SearchEntry
        entries = select(entry.submission_id.label("id"), entry.received_at.label("at"), entry.arrival)
        asked = func.unnest(cast(list(words.loose), ARRAY(TSQUERY))).column_valued("asked")
        everywhere = entries.where(_has_terms(asked)).cte()
    elif tag:
        tagged = select(Submission.id, Submission.received_at.label("at"), Submission.arrival)
        everywhere = tagged.where(has_tag(tag)).cte()
    else:
        return None
    return select(everywhere.prefix_with("MATERIALIZED", dialect="postgresql")).limit(most + 1).cte()


def _hits_after_cursor(sql: FilterSql, hits: CTE, order: Order) -> CTE:
    """Build the sorted query of the hits that come after the position `order.after`."""
    if order.sort in {"due", "waiting"}:
        # Search entries lack `waiting_since` and `due_at`, so join with the list's submissions. Such lists are short.
        waiting = select(Submission.id, order.at.label("at"), Submission.arrival).where(*sql.indexed)
        hits = waiting.join(hits, hits.c.id == Submission.id).cte()
    at, arrival = hits.c.at, hits.c.arrival
    following = select(hits.c.id, at, arrival).where(order.after_cursor(at, arrival))
    return following.order_by(*order.columns(at, arrival)).cte()


def _passes_filters(sql: FilterSql, rows: CTE) -> ColumnElement[bool]:
    """Build a scalar subquery that is true if a row's submission matches the filters."""
    return select(and_(*sql.indexed, *sql.remaining)).where(Submission.id == rows.c.id).scalar_subquery()


def _last_row(walked: CTE, order: Order) -> Subquery:
    backwards = order.reversed(walked.c.at, walked.c.arrival)
    return select(walked.c.at, walked.c.arrival).order_by(*backwards).limit(1).subquery()


def _count(rows: CTE) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).scalar_subquery()
