"""Search query as it is sent to PostgreSQL: the keyed terms and links of each bucket."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.text.search import LAST, PREFIX_CHARACTERS, WORD, Clause, Lexeme, Query
from intake.text.terms import keys
from intake.text.terms.entry import phrase_links
from intake.text.terms.keys import FORMER_BUCKET, BucketKey, Generation

NO_TERMS, NO_LINKS = "'-'", "{}"
"""A tsquery that matches nothing, and links that every entry has."""


@dataclass(frozen=True)
class Phrase:
    """Condition that words are adjacent. For each bucket: a tsquery literal, and the links as an integer[] literal.

    With `negative`, submissions that contain the phrase are excluded.
    """

    negative: bool
    terms: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class KeyedQuery:
    """A query as PostgreSQL literals.

    `loose` has one tsquery per index lookup. They find all matches and some others, because they ignore phrases.
    For a single tsquery of all buckets, PostgreSQL's row estimate is so wrong that it reads the whole table.
    `terms` has a tsquery for each bucket, beginning with `first_bucket`. `phrases` are checked in addition.
    """

    first_bucket: int
    loose: tuple[str, ...]
    terms: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    @property
    def has_phrases(self) -> bool:
        """Return whether `loose` may find submissions that do not match, because it ignores phrases."""
        return bool(self.phrases)


def keyed_query(
    wanted: list[Clause],
    stems: dict[str, frozenset[str]],
    generations: list[Generation],
    former: Query | None = None,
) -> KeyedQuery | None:
    """Build a query from clauses. `stems` maps a word to its stems. `generations` have consecutive numbers.

    `former` is the query in plain words. Needed while old index entries, made before keys were introduced, remain.
    Returns None if there are no clauses, or if all of them only exclude words.
    """
    if all(clause.negative for clause in wanted):
        return None
    buckets = [key for one in generations for key in one.keys]
    terms = tuple(" & ".join(_conditions(wanted, stems, key)) for key in buckets)
    phrases = tuple(_phrase(clause, buckets) for clause in wanted if len(clause.lexemes) > 1)
    first = generations[0].first_bucket if generations else FORMER_BUCKET + 1
    if former is None:
        return KeyedQuery(first, terms, terms, phrases)
    unasked = (NO_TERMS,) * (first - 1)
    return KeyedQuery(
        FORMER_BUCKET,
        (former.loose, *terms),
        (former.exact, *unasked, *terms),
        tuple(_with_former(phrase, first) for phrase in phrases),
    )


def _conditions(wanted: list[Clause], stems: dict[str, frozenset[str]], key: BucketKey) -> Iterator[str]:
    """Yield the condition of each clause on terms. Excluded phrases have none here, as they also need links."""
    for clause in wanted:
        if not clause.negative:
            yield _terms_of_clause(clause, stems, key)
        elif len(clause.lexemes) == 1:
            yield f"!{_terms_of_clause(clause, stems, key)}"


def _terms_of_clause(clause: Clause, stems: dict[str, frozenset[str]], key: BucketKey) -> str:
    *before, last = clause.lexemes
    conditions = [key.term(keys.WORD, place.forms[0]) for place in before]
    # A single word, outside quotation marks, is also found by the part behind its last apostrophe, and by its stems.
    forms = last.forms if clause.word else last.forms[:1]
    goes_on = not clause.exact
    found = [key.term(kind, form) for form in forms for kind in _kinds(last, form, goes_on=goes_on)]
    if clause.word:
        found += [key.term(keys.WORD, stem) for form in forms for stem in sorted(stems.get(form, ()))]
    either = f"({' | '.join(_quoted(found))})"
    return f"({' & '.join([*_quoted(conditions), either])})"


def _kinds(last: Lexeme, form: str, *, goes_on: bool) -> tuple[bytes, ...]:
    """Return the kinds of index terms (WORD, BEGINNING, UNIT) to look up for the last word or letter of a clause.

    With `goes_on`, longer words that begin with it match too. `form` is one of its spellings.
    """
    if goes_on and last.kind == LAST:
        return (keys.UNIT,)
    if goes_on and last.kind == WORD and len(form) >= PREFIX_CHARACTERS:
        return keys.WORD, keys.BEGINNING
    return (keys.WORD,)


def _goes_on(clause: Clause) -> bool:
    """Return whether the last word or letter of a phrase may be the beginning of a longer one."""
    last = clause.lexemes[-1]
    return not clause.exact and (
        last.kind == LAST or (last.kind == WORD and len(last.forms[0]) >= PREFIX_CHARACTERS)
    )


def _phrase(clause: Clause, buckets: list[BucketKey]) -> Phrase:
    wanted = list(phrase_links(clause.lexemes, goes_on=_goes_on(clause)))
    links = (f"{{{','.join(str(key.link(*link)) for link in wanted)}}}" for key in buckets)
    terms = (_terms_of_clause(clause, {}, key) for key in buckets)
    return Phrase(clause.negative, tuple(terms), tuple(links))


def _with_former(phrase: Phrase, first: int) -> Phrase:
    """Add conditions that exclude nothing and match nothing for FORMER_BUCKET and unused buckets below `first`."""
    return Phrase(phrase.negative, (NO_TERMS,) * first + phrase.terms, (NO_LINKS,) * first + phrase.links)


def _quoted(terms: list[str]) -> list[str]:
    return [f"'{term}'" for term in terms]
