"""Terms and links of one submission.

Positions are not stored, because they would reveal the length of the text and the order of its words. Phrases are
found by links: keyed hashes of two words and the distance between them.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from intake.text.search import LAST, PAIR, PREFIX_CHARACTERS, UNIT, WORD, Lexeme, lexemes
from intake.text.terms import keys
from intake.text.terms.keys import BucketKey

NEXT, BEGINS = b"next", b"begins"
"""Kinds of links: to a whole form, and to the beginning of a form."""
MOST_DISTANCE = 3
"""Words are linked up to this distance, so that “bank of the river” differs from “bank of the road, end of the river”."""

Link = tuple[bytes, str, str, int]


class Terms:
    """Search terms of one submission, within PostgreSQL's limit for a tsvector (1 MB)."""

    MAX_POSITIONS = 15_000
    MAX_TERMS = 60_000

    def __init__(self) -> None:
        self._terms: set[tuple[bytes, str]] = set()
        self._links: set[Link] = set()
        self._room = self.MAX_POSITIONS
        self.words: set[str] = set()

    def add(self, text: str) -> None:
        """Add the next field. Add important fields first, because terms beyond the limits are dropped."""
        before: deque[Lexeme] = deque(maxlen=MOST_DISTANCE)
        for place in lexemes(text):
            self._room -= 1
            if self._room < 0 or len(self._terms) > self.MAX_TERMS:
                break
            self._terms.update(terms_of(place))
            self._links.update(_links(before, place))
            if place.kind == WORD:
                self.words.update(place.forms)
            before.append(place)

    def keyed(self, key: BucketKey, stems: frozenset[str] = frozenset()) -> "KeyedTerms":
        """Return the terms and links as they are stored, sorted, so that the order reveals nothing about the text."""
        terms = {key.term(kind, form) for kind, form in self._terms}
        terms |= {key.term(keys.WORD, stem) for stem in stems}
        return KeyedTerms(" ".join(sorted(terms)), sorted({key.link(*link) for link in self._links}))


@dataclass(frozen=True)
class KeyedTerms:
    """Keyed terms as a tsvector literal, and sorted links."""

    vector: str
    links: list[int]


def terms_of(place: Lexeme) -> Iterator[tuple[bytes, str]]:
    """Yield the terms of a word, pair or last letter: (kind, form)."""
    for form in place.forms:
        yield keys.WORD, form
        if place.kind == WORD:
            yield from ((keys.BEGINNING, form[:size]) for size in range(PREFIX_CHARACTERS, len(form)))
        else:
            # A search for one letter finds all pairs that begin with it. Without combining marks, it also finds the letter
            # with marks.
            first = _first_unit(place)
            yield from ((keys.UNIT, first[:size]) for size in range(1, len(first) + 1))


def _links(before: deque[Lexeme], place: Lexeme) -> Iterator[Link]:
    for earlier in before:
        distance = place.number - earlier.number
        if not _is_linked(earlier, place, before):
            continue
        for first in earlier.forms:
            for second in place.forms:
                yield NEXT, first, second, distance
                if distance == 1 or earlier.kind == PAIR:
                    yield from ((BEGINS, first, begin, distance) for begin in _beginnings(place, second))


def _is_linked(earlier: Lexeme, place: Lexeme, before: deque[Lexeme]) -> bool:
    """Return whether a phrase search may need the link of these two, by the rules of `phrase_links`."""
    distance = place.number - earlier.number
    if distance == 1:
        return not (earlier.kind == PAIR and place.kind == LAST)
    if earlier.kind == PAIR:
        return distance == 2 and before[-1].kind == LAST
    return earlier.kind == place.kind == WORD


def _beginnings(place: Lexeme, form: str) -> Iterator[str]:
    if place.kind == WORD and len(form) >= PREFIX_CHARACTERS:
        yield form[:PREFIX_CHARACTERS]
    elif place.kind != WORD:
        first = _first_unit(place)
        yield from (first[:size] for size in range(1, len(first) + 1))


def _first_unit(place: Lexeme) -> str:
    """Return the first letter of a pair, or the last letter, with its marks."""
    found = UNIT.match(place.forms[0])
    return found[0] if found else place.forms[0]


def phrase_links(places: tuple[Lexeme, ...], *, goes_on: bool) -> Iterator[Link]:
    """Yield the links of a phrase. With `goes_on`, its last word or letter may be the beginning of a longer one."""
    for number, place in enumerate(places):
        for earlier in places[max(0, number - MOST_DISTANCE) : number]:
            distance = place.number - earlier.number
            is_next = earlier is places[number - 1]
            if not is_next and not (earlier.kind == place.kind == WORD and distance <= MOST_DISTANCE):
                continue
            first, second = earlier.forms[0], place.forms[0]
            if not (goes_on and place is places[-1]):
                yield NEXT, first, second, distance
            elif is_next:
                begin = second[:PREFIX_CHARACTERS] if place.kind == WORD else second
                yield BEGINS, first, begin, distance
