"""By what a text can be found, in every script.

Words where spaces part them; where they do not (Chinese, Japanese, Thai, Burmese …, and Korean, whose particles are
written on) pairs of neighbouring letters, so that a word of two letters is one look-up and a longer one a chain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import name, normalize

from intake.text.unicode import tables

# Marks that readers leave out: accents, Cyrillic titla, Hebrew points, Arabic vowel signs. Those of Indic and Thai are letters.
_MARKS = re.compile(
    "(?<!и)\u0306"  # й is a letter, not и with a breve
    "|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]"
)
# What normalization leaves apart: letters that Persian, Urdu and Arabic write alike, and Latin ones without parts.
_LETTERS = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ı": "i", "ł": "l", "đ": "d",
    "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
}  # fmt: skip
# Tatweel, modifier apostrophes, what nobody sees.
_NOTHING = dict.fromkeys("ـʻʼʹ\u00ad\u200d\u200b\u2060\ufeff", "")
_DIGITS = {chr(zero + number): str(number) for zero in (0x0660, 0x06F0) for number in range(10)}
_ALIKE = str.maketrans(_LETTERS | _NOTHING | _DIGITS)

WORD_CHARACTERS = 40
"""Of a longer word only the beginning counts."""
PREFIX_CHARACTERS = 3
"""Whoever types so much of a word finds what goes on from there: Kazakh and Uyghur add their endings to the word."""
TYPED_CHARACTERS = 200
CLAUSES = 12

# Inner signs that are part of some words and part others: l'élection, oʻzbek, می‌خواهم.
_JOINER = "['’‘`\u200c]"
_LETTER = f"[\\w{tables.char_class('mark')}]"
_WORD = re.compile(f"{_LETTER}+(?:{_JOINER}{_LETTER}+)*")
_JOINERS = re.compile(_JOINER)
_SPACELESS = re.compile(
    f"([{tables.char_class('Hani', 'Hira', 'Kana', 'Bopo', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tale', 'Talu', 'Lana')}"
    "\U00020000-\U0003ffff]+)"
)
_MARK = f"[{tables.char_class('mark')}]"
# A letter with its marks; in Burmese and Khmer also the letter that is written below it.
_UNIT = re.compile(f"(?:.{_MARK}*[\u1039\u17d2])*.{_MARK}*", re.DOTALL)

WORD, PAIR, LAST = "word", "pair", "last"
_GAP = 4
"""Places between two fields, so that no phrase reaches over."""

STEMMERS = {
    "ar": "arabic", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "ne": "nepali", "nl": "dutch",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""Language → PostgreSQL's dictionary for it."""
_BY_SCRIPT = {
    "ARABIC": ("ar",), "GREEK": ("el",), "DEVANAGARI": ("hi", "ne"), "ARMENIAN": ("hy",), "TAMIL": ("ta",),
    "CYRILLIC": ("ru", "sr"), "LATIN": ("de", "en", "es", "fr", "hu", "id", "it", "nl", "pt", "ro", "sr", "tr"),
}  # fmt: skip


def fold(text: str) -> str:
    """`text` as it is looked for: NFKC, folded case, without marks that may be missing."""
    if text.isascii():
        return text.lower()
    parted = normalize("NFD", normalize("NFKC", text).casefold())
    return normalize("NFC", _MARKS.sub("", parted).translate(_ALIKE))


@dataclass(frozen=True)
class Place:
    """What stands at a place of a text: `forms` are the same word in several ways."""

    number: int
    kind: str
    forms: tuple[str, ...]


def places(text: str) -> Iterator[Place]:
    """All words and pairs, numbered from 1. The last letter of a run stands alone after its pairs."""
    number = 0
    for found in _WORD.finditer(fold(text)):
        for run in filter(None, _SPACELESS.split(found[0])):
            for kind, forms in _pairs(run) if _SPACELESS.match(run) else _word(run):
                number += 1
                yield Place(number, kind, forms)


def _word(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = [part for part in _JOINERS.split(run) if part]
    joined = "".join(parts)[:WORD_CHARACTERS]
    after = parts[1:] and len(parts[-1]) >= PREFIX_CHARACTERS
    if joined.strip("_"):
        yield WORD, (joined, parts[-1][:WORD_CHARACTERS]) if after else (joined,)


def _pairs(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    units = [unit[:WORD_CHARACTERS] for unit in _UNIT.findall(run)]
    for first, second in pairwise(units):
        yield PAIR, (first + second,)
    yield LAST, (units[-1],)


class Terms:
    """What a submission is found by. It takes no more than PostgreSQL can hold: 1 MB, and 16,383 places, of one text."""

    PLACES = 15_000
    BYTES = 300_000

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._next = 0
        self._room = self.BYTES
        self.words: set[str] = set()

    def add(self, text: str) -> None:
        """The next field; the important ones first, since what is too much is left out."""
        for place in places(text):
            at = self._next + place.number
            self._room -= sum(len(form.encode()) for form in place.forms)
            if at > self.PLACES or self._room < 0:
                break
            self._keep(place, at)
        self._next = max((numbers[-1] for numbers in self._places.values()), default=0) + _GAP

    def _keep(self, place: Place, at: int) -> None:
        for form in place.forms:
            self._places.setdefault(form, []).append(at)
        if place.kind == WORD:
            self.words.update(place.forms)

    def vector(self, stems: frozenset[str] = frozenset()) -> str:
        """A tsvector as PostgreSQL reads it; stems stand nowhere, since phrases are looked for as they are written."""
        placed = [f"'{form}':{','.join(map(str, at))}" for form, at in self._places.items()]
        return " ".join([*placed, *(f"'{stem}'" for stem in stems - self._places.keys())])


@dataclass(frozen=True)
class Clause:
    """One thing that is looked for, or, if `negative`, not wanted; `exact` stood in quotation marks."""

    places: tuple[Place, ...]
    negative: bool
    exact: bool

    @property
    def word(self) -> str:
        """The word, where the clause is nothing but one."""
        alone = len(self.places) == 1 and self.places[0].kind == WORD and not self.exact
        return self.places[0].forms[0] if alone else ""


_CLAUSE = re.compile(r'(?<!\S)(-?)(?:["“”«»„「『](.+?)["“”«»」』]|(\S+))')


def clauses(typed: str) -> list[Clause]:
    """What somebody types into a search box: words, "phrases in quotation marks", and -words that must not be there."""
    found = []
    for minus, phrase, word in _CLAUSE.findall(typed[:TYPED_CHARACTERS]):
        stands = tuple(places(phrase or word))
        wanted = tuple(p for p in stands if p.kind != LAST or _is_alone(p, stands))
        if wanted:
            found.append(Clause(wanted, bool(minus), bool(phrase)))
    return found[:CLAUSES]


def _is_alone(last: Place, stands: tuple[Place, ...]) -> bool:
    """Whether a letter without spaces has no pair before it."""
    return not any(p.kind == PAIR and p.number == last.number - 1 for p in stands)


def languages_of(word: str) -> tuple[str, ...]:
    """Of which languages with a stemmer a word may be, by its script."""
    return _BY_SCRIPT.get(name(word[0], "").partition(" ")[0], ())


_BESIDE = re.compile(r"<\d+>")


@dataclass(frozen=True)
class Query:
    """A tsquery as PostgreSQL reads it. `loose` finds all that `exact` does and more: it does not ask what stands beside
    what, which no index knows; the same where nothing is asked to stand beside anything.
    """

    exact: str
    loose: str


def query(wanted: list[Clause], stems: dict[str, frozenset[str]]) -> Query | None:
    """What clauses ask for, with these stems of its words; None where nothing is looked for."""
    if all(clause.negative for clause in wanted):
        return None
    kept = [clause for clause in wanted if not clause.negative or len(clause.places) == 1]
    loose = [_BESIDE.sub("&", _said(clause, stems)) for clause in kept]
    return Query(" & ".join(_said(clause, stems) for clause in wanted), " & ".join(loose))


def _said(clause: Clause, stems: dict[str, frozenset[str]]) -> str:
    return f"{'!' if clause.negative else ''}({_alternatives(clause, stems)})"


def _alternatives(clause: Clause, stems: dict[str, frozenset[str]]) -> str:
    if not clause.word:
        return _chain(clause)
    forms = clause.places[0].forms
    others = sorted(stems.get(clause.word, frozenset()).difference(forms))
    return " | ".join([*map(_one, forms), *map("'{}'".format, others)])


def _one(form: str) -> str:
    return f"'{form}'{':*' if len(form) >= PREFIX_CHARACTERS else ''}"


def _chain(clause: Clause) -> str:
    *before, last = clause.places
    steps = [f"'{place.forms[0]}'" for place in before]
    goes_on = not clause.exact and (
        last.kind == LAST or (last.kind == WORD and len(last.forms[0]) >= PREFIX_CHARACTERS)
    )
    chain = f"'{last.forms[0]}'{':*' if goes_on else ''}"
    for step, place, following in zip(
        reversed(steps), reversed(before), reversed(clause.places), strict=False
    ):
        chain = f"{step} <{following.number - place.number}> {chain}"
    return chain
