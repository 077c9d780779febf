"""Search words with a typing error.

A word that occurs in no submission that the account may see is replaced by words that do occur and differ by one
letter.
The index stores nothing for this: the module looks up each possible word by its keyed terms. So a stolen index reveals
nothing more, and needs no more space (docs/keyed-search.md has the measurements). Phrases, excluded words, short words
and numbers are searched for as typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace

from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from intake.models import SearchEntry, Submission
from intake.permissions.reach import EVERYTHING, Reach
from intake.queue import search_keys
from intake.queue.filter_sql import text_query
from intake.text.search import Clause, clauses
from intake.text.terms import keys
from intake.text.terms.keyed_query import KeyedQuery
from intake.text.terms.keys import Generation
from intake.text.terms.neighbours import may_have_error, neighbours

MOST_ASKED = 8000
"""Maximum number of possible words that one search looks up. A word of 20 Cyrillic letters has 2,300."""
MANY = 100
"""Above this number of queries, it is worth running two more statements that make PostgreSQL use the index."""
MOST_WORDS = 20
"""Maximum number of similar words that replace a word."""

# Allow or forbid full table scans. Set for the session (false), because a read-only session has no transaction.
_SCANS = select(func.set_config("enable_seqscan", bindparam("scans"), False))


@dataclass(frozen=True)
class Similar:
    """A typed word that no submission has, and the similar words that are searched for instead."""

    typed: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class WordSearch:
    """Query of a search. `words` is None if there is no term to search for. `similar` lists replaced words."""

    words: KeyedQuery | None
    similar: tuple[Similar, ...] = ()


def word_search(session: Session, typed: str, reach: Reach = EVERYTHING) -> WordSearch:
    """Return the query for typed words. Words that occur only in submissions beyond the editor's reach count as unknown.

    Runs one SQL statement, one more if a word may have an error, and up to two more if no submission has the word.
    """
    wanted = clauses(typed)
    if not wanted:
        return WordSearch(None)
    generations, has_former = search_keys.generations(session)
    unknown = _unknown(session, wanted, generations, has_former, reach)
    known = _known_neighbours(session, unknown, generations, reach)
    found = [_replaced(clause, known) for clause in wanted]
    similar = (Similar(unknown[word].typed, tuple(shown.values())) for word, shown in known.items())
    return WordSearch(text_query(found, generations, has_former), tuple(similar))


def _unknown(
    session: Session, wanted: list[Clause], generations: list[Generation], has_former: bool, reach: Reach
) -> dict[str, Clause]:
    """Return {word: clause} of words that may have a typing error, since no submission within `reach` has them."""
    words = {one.word: one for one in wanted if not one.negative and may_have_error(one.word)}
    if not words:
        return {}
    exact = [text_query([clause], generations, has_former) for clause in words.values()]
    held = _held(session, [query.loose for query in exact if query], reach)
    return {word: clause for number, (word, clause) in enumerate(words.items()) if number not in held}


def _known_neighbours(
    session: Session, unknown: Mapping[str, Clause], generations: list[Generation], reach: Reach
) -> dict[str, dict[str, str]]:
    """Return {unknown word: {similar word: similar word as shown}}, without words for which there are none.

    The similar words are those of submissions within `reach`. If there is no
    whole word, the beginnings of longer words count, since many languages add endings to names.
    """
    possible = _possible(unknown)
    found: dict[str, dict[str, str]] = {}
    buckets = [key for generation in generations for key in generation.keys]
    for kind in (keys.WORD, keys.BEGINNING):
        asked = [(word, near) for word in possible if word not in found for near in possible[word]]
        if not asked:
            break
        # Look up a word in all buckets by one query, since most words occur in none.
        queries = [(" | ".join(key.term(kind, near) for key in buckets),) for _, near in asked]
        held = _held(session, queries, reach)
        for word, near in (one for number, one in enumerate(asked) if number in held):
            similar = found.setdefault(word, {})
            if len(similar) < MOST_WORDS:
                similar[near] = possible[word][near]
    return found


def _possible(unknown: Mapping[str, Clause]) -> dict[str, dict[str, str]]:
    """Return {word: neighbours}, without words that would exceed MOST_ASKED neighbours in total."""
    found: dict[str, dict[str, str]] = {}
    for word, clause in unknown.items():
        near = neighbours(word, clause.typed)
        if sum(map(len, found.values())) + len(near) <= MOST_ASKED:
            found[word] = near
    return found


def _held(session: Session, queries: Sequence[tuple[str, ...]], reach: Reach) -> set[int]:
    """Return the indexes of the groups of tsqueries in which at least one matches a submission within `reach`.

    PostgreSQL stops at the first query of a group that matches. If there are many queries, table scans are disabled:
    PostgreSQL prefers them for a small table, but one per query takes seconds for a thousand entries.
    """
    literals = cast([_array(group) for group in queries], ARRAY(Text))
    asked = (
        func.unnest(literals).table_valued("queries", with_ordinality="number").render_derived(name="asked")
    )
    group = func.unnest(cast(asked.c.queries, ARRAY(TSQUERY)))
    one = group.table_valued("query").render_derived(name="one")
    entries = select(SearchEntry.submission_id).where(SearchEntry.terms.bool_op("@@")(one.c.query))
    # Without MATERIALIZED, PostgreSQL would read the whole table to find the first match of a rare word.
    hits = entries.correlate(one).cte(nesting=True).prefix_with("MATERIALIZED", dialect="postgresql")
    within = select(hits.c.submission_id)
    if reach.is_limited:
        within = within.join(Submission, Submission.id == hits.c.submission_id).where(*reach.conditions())
    matching = select(one.c.query).where(within.exists()).correlate(asked)
    many = sum(map(len, queries)) > MANY
    with _by_index(session) if many else nullcontext():
        return {number - 1 for number in session.scalars(select(asked.c.number).where(matching.exists()))}


@contextmanager
def _by_index(session: Session) -> Iterator[None]:
    session.execute(_SCANS, {"scans": "off"})
    try:
        yield
    except DBAPIError:
        # In a failed transaction this statement fails, too. Then the rollback restores the setting.
        with suppress(DBAPIError):
            session.execute(_SCANS, {"scans": "on"})
        raise
    session.execute(_SCANS, {"scans": "on"})


def _array(queries: tuple[str, ...]) -> str:
    """Return a PostgreSQL array literal. Queries contain no backslash or double quotation mark, so none is escaped."""
    quoted = (f'"{query}"' for query in queries)
    return f"{{{','.join(quoted)}}}"


def _replaced(clause: Clause, known: Mapping[str, Mapping[str, str]]) -> Clause:
    if clause.negative or clause.word not in known:
        return clause
    return replace(clause, lexemes=(replace(clause.lexemes[0], forms=tuple(known[clause.word])),))
