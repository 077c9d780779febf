"""Queries as they are sent to PostgreSQL. Their results are tested by test_entry.py."""

import re

import pytest

from intake.text.search import clauses, query
from intake.text.terms import keys
from intake.text.terms.keyed_query import NO_LINKS, NO_TERMS, KeyedQuery, keyed_query
from intake.text.terms.keys import BUCKETS, FORMER_BUCKET, Generation

FIRST, SECOND = Generation(1, b"s" * 32, b"t" * 32), Generation(2, b"s" * 32, b"u" * 32)
KEY = FIRST.keys[0]


def asked(typed: str, stems: dict[str, frozenset[str]] | None = None, *more: Generation) -> KeyedQuery:
    found = keyed_query(clauses(typed), stems or {}, [FIRST, *more])
    assert found
    return found


def terms(found: KeyedQuery) -> set[str]:
    """Return the terms for the first bucket."""
    return set(re.findall(r"'([^']+)'", found.terms[0]))


@pytest.mark.parametrize("typed", ["", "-ice", '-ice -"the river"'])
def test_a_search_that_asks_for_no_match_is_no_query(typed: str) -> None:
    assert keyed_query(clauses(typed), {}, [FIRST]) is None


def test_each_bucket_of_each_generation_is_asked_in_its_own_terms() -> None:
    found = asked("river", {}, SECOND)
    assert (found.first_bucket, len(found.terms), len(set(found.terms))) == (1, 2 * BUCKETS, 2 * BUCKETS)
    assert found.loose == found.terms
    assert not found.has_phrases
    assert keyed_query(clauses("river"), {}, [SECOND]).first_bucket == BUCKETS + 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("river", [keys.WORD, keys.BEGINNING]),
        ('"river"', [keys.WORD]),
        ("ri", [keys.WORD]),
        ("学", [keys.UNIT]),
    ],
)
def test_what_a_word_is_found_by(typed: str, kinds: list[bytes]) -> None:
    assert terms(asked(typed)) == {KEY.term(kind, typed.strip('"')) for kind in kinds}


def test_stems_are_for_a_word_alone() -> None:
    stems = {"rivers": frozenset({"river"})}
    stem = KEY.term(keys.WORD, "river")
    assert stem in terms(asked("rivers", stems))
    assert stem not in terms(asked('"rivers"', stems))
    assert stem not in terms(asked('"the rivers"', stems))


def test_an_excluded_word_is_a_condition_on_terms_and_an_excluded_phrase_is_checked_besides() -> None:
    word = asked("ice -river")
    assert word.terms[0].count(" & !(") == 1
    phrase = asked('ice -"the river"')
    assert terms(phrase) == terms(asked("ice"))
    assert [one.negative for one in phrase.phrases] == [True]
    assert KEY.term(keys.WORD, "the") in phrase.phrases[0].terms[0]


def test_a_phrase_asks_for_its_words_and_for_its_links() -> None:
    found = asked('"of the river"')
    assert found.has_phrases
    assert {KEY.term(keys.WORD, one) for one in ("of", "the", "river")} == terms(found)
    (phrase,) = found.phrases
    assert (phrase.negative, len(phrase.links)) == (False, BUCKETS)
    assert re.fullmatch(r"\{-?\d+(,-?\d+)+\}", phrase.links[0])
    assert phrase.links[0] != phrase.links[1]


def test_entries_in_clear_are_asked_in_clear_in_a_bucket_of_their_own() -> None:
    typed = 'ice "the river"'
    former = query(clauses(typed), {})
    assert former
    found = keyed_query(clauses(typed), {}, [SECOND], former)
    assert found
    assert found.first_bucket == FORMER_BUCKET
    assert found.loose[0] == former.loose
    assert found.terms[: BUCKETS + 1] == (former.exact, *[NO_TERMS] * BUCKETS)
    assert len(found.terms) == 2 * BUCKETS + 1
    (phrase,) = found.phrases
    assert phrase.terms[: BUCKETS + 1] == (NO_TERMS,) * (BUCKETS + 1)
    assert phrase.links[: BUCKETS + 1] == (NO_LINKS,) * (BUCKETS + 1)
    assert len(phrase.terms) == len(phrase.links) == len(found.terms)
