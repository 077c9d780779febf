"""Search terms of a text, in every script.

Words are separated by spaces. Scripts without spaces (Chinese, Japanese, Thai, Burmese …) are indexed as pairs of
neighbouring letters. So is Korean, whose particles are attached to words. A two-letter word is then one
lookup.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import name, normalize

from intake.text.unicode import tables

# Combining marks that people omit when they search: accents, Cyrillic titla, Hebrew points, Arabic vowel
# signs. Indic and Thai marks count as letters.
_MARKS = re.compile(
    "(?<!и)\u0306"  # й is a letter, not и with a breve
    "|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]"
)
# Letters to treat as equal, although Unicode normalization keeps them apart: variants in Persian, Urdu and
# Arabic, and Latin letters that do not decompose.
_LETTERS = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ı": "i", "ł": "l", "đ": "d",
    "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
}  # fmt: skip
# Characters to drop: tatweel, modifier apostrophes and invisible characters.
_NOTHING = dict.fromkeys("ـʻʼʹ\u00ad\u200d\u200b\u2060\ufeff", "")
_DIGITS = {chr(zero + number): str(number) for zero in (0x0660, 0x06F0) for number in range(10)}
_ALIKE = str.maketrans(_LETTERS | _NOTHING | _DIGITS)

WORD_CHARACTERS = 40
"""Longer words are cut to this length."""
PREFIX_CHARACTERS = 3
"""Minimum length of a typed word to also match longer words.

Kazakh and Uyghur append their endings to the word.
"""
TYPED_CHARACTERS = 200
CLAUSES = 12

# Signs inside words. A word is indexed without its signs, and also by its last part: l'élection, oʻzbek,
# می‌خواهم.
_JOINER = "['’‘`\u200c]"
_LETTER = f"[\\w{tables.char_class('mark')}]"
_WORD = re.compile(f"{_LETTER}+(?:{_JOINER}{_LETTER}+)*")
_JOINERS = re.compile(_JOINER)
_SPACELESS = re.compile(
    f"([{tables.char_class('Hani', 'Hira', 'Kana', 'Bopo', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tale', 'Talu', 'Lana')}"
    "\U00020000-\U0003ffff]+)"
)
_MARK = f"[{tables.char_class('mark')}]"
# A letter with its marks. In Burmese and Khmer it includes the letter written below.
UNIT = re.compile(f"(?:.{_MARK}*[\u1039\u17d2])*.{_MARK}*", re.DOTALL)

WORD, PAIR, LAST = "word", "pair", "last"

STEMMERS = {
    "ar": "arabic", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "ne": "nepali", "nl": "dutch",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""Language → name of its Snowball stemmer."""
_BY_SCRIPT = {
    "ARABIC": ("ar",), "GREEK": ("el",), "DEVANAGARI": ("hi", "ne"), "ARMENIAN": ("hy",), "TAMIL": ("ta",),
    "CYRILLIC": ("ru", "sr"), "LATIN": ("de", "en", "es", "fr", "hu", "id", "it", "nl", "pt", "ro", "sr", "tr"),
}  # fmt: skip


def fold(text: str) -> str:
    """Normalize text for searching: NFKC, case folding, no optional marks."""
    if text.isascii():
        return text.lower()
    parted = normalize("NFD", normalize("NFKC", text).casefold())
    return normalize("NFC", _MARKS.sub("", parted).translate(_ALIKE))


@dataclass(frozen=True)
class Lexeme:
    """A word, a pair of neighbouring letters, or a last letter, as `kind` says (WORD, PAIR or LAST).

    `number` is its position in the text, from 1. `forms` are its alternative spellings.
    """

    number: int
    kind: str
    forms: tuple[str, ...]


def lexemes(text: str) -> Iterator[Lexeme]:
    """All words and letter pairs of a text, with positions from 1.

    In scripts without spaces, the last letter of a run also follows its pairs as a single lexeme.
    """
    number = 0
    for found in _WORD.finditer(fold(text)):
        for run in filter(None, _SPACELESS.split(found[0])):
            for kind, forms in _pairs(run) if _SPACELESS.match(run) else _word(run):
                number += 1
                yield Lexeme(number, kind, forms)


def _word(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = [part for part in _JOINERS.split(run) if part]
    joined = "".join(parts)[:WORD_CHARACTERS]
    after = parts[1:] and len(parts[-1]) >= PREFIX_CHARACTERS
    if joined.strip("_"):
        yield WORD, (joined, parts[-1][:WORD_CHARACTERS]) if after else (joined,)


def _pairs(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    units = [unit[:WORD_CHARACTERS] for unit in UNIT.findall(run)]
    for first, second in pairwise(units):
        yield PAIR, (first + second,)
    yield LAST, (units[-1],)


@dataclass(frozen=True)
class Clause:
    """One condition of a search.

    `negative` excludes matches; `exact` means that the words were in quotation marks. `typed` is the text of the clause.
    """

    lexemes: tuple[Lexeme, ...]
    negative: bool
    exact: bool
    typed: str = ""

    @property
    def word(self) -> str:
        """The word, if the clause is a single word without quotation marks. Otherwise empty."""
        alone = len(self.lexemes) == 1 and self.lexemes[0].kind == WORD and not self.exact
        return self.lexemes[0].forms[0] if alone else ""


_CLAUSE = re.compile(r'(?<!\S)(-?)(?:["“”«»„「『](.+?)["“”«»」』]|(\S+))')


def clauses(typed: str) -> list[Clause]:
    """Parse the text typed into a search box: words, "phrases in quotation marks", and -words to exclude."""
    found = []
    for minus, phrase, word in _CLAUSE.findall(typed[:TYPED_CHARACTERS]):
        stands = tuple(lexemes(phrase or word))
        wanted = tuple(p for p in stands if p.kind != LAST or _is_alone(p, stands))
        if wanted:
            found.append(Clause(wanted, bool(minus), bool(phrase), phrase or word))
    return found[:CLAUSES]


def quoted(typed: str, words: Collection[str]) -> str:
    """Put these words of a search into quotation marks, which ask for exactly the word. `words` are as in `Clause.typed`."""
    return _CLAUSE.sub(lambda found: f'"{found[0]}"' if found[0] in words else found[0], typed)


def _is_alone(last: Lexeme, stands: tuple[Lexeme, ...]) -> bool:
    """Return whether the last letter of a run in a script without spaces has no letter pair before it."""
    return not any(p.kind == PAIR and p.number == last.number - 1 for p in stands)


def languages_of(word: str) -> tuple[str, ...]:
    """Languages with a stemmer that a word may belong to, judged by its script."""
    return _BY_SCRIPT.get(name(word[0], "").partition(" ")[0], ())


_BESIDE = re.compile(r"<\d+>")


@dataclass(frozen=True)
class Query:
    """A query as PostgreSQL tsquery literals, for search entries in clear, which earlier versions stored without keys.

    `loose` matches everything that `exact` does and more, because it ignores word positions, which
    PostgreSQL's index does not store.
    """

    exact: str
    loose: str


def query(wanted: list[Clause], stems: dict[str, frozenset[str]]) -> Query | None:
    """Build a query for entries in clear from clauses. `stems` maps a word to its stems.

    Returns None if no clause asks for a match: all exclude words, or there are none.
    """
    if all(clause.negative for clause in wanted):
        return None
    kept = [clause for clause in wanted if not clause.negative or len(clause.lexemes) == 1]
    loose = [_BESIDE.sub("&", _clause_query(clause, stems)) for clause in kept]
    return Query(" & ".join(_clause_query(clause, stems) for clause in wanted), " & ".join(loose))


def _clause_query(clause: Clause, stems: dict[str, frozenset[str]]) -> str:
    return f"{'!' if clause.negative else ''}({_alternatives(clause, stems)})"


def _alternatives(clause: Clause, stems: dict[str, frozenset[str]]) -> str:
    if not clause.word:
        return _phrase_query(clause)
    forms = clause.lexemes[0].forms
    others = sorted(frozenset().union(*(stems.get(form, ()) for form in forms)).difference(forms))
    return " | ".join([*map(_form_query, forms), *map("'{}'".format, others)])


def _form_query(form: str) -> str:
    return f"'{form}'{':*' if len(form) >= PREFIX_CHARACTERS else ''}"


def _phrase_query(clause: Clause) -> str:
    *before, last = clause.lexemes
    steps = [f"'{place.forms[0]}'" for place in before]
    goes_on = not clause.exact and (
        last.kind == LAST or (last.kind == WORD and len(last.forms[0]) >= PREFIX_CHARACTERS)
    )
    chain = f"'{last.forms[0]}'{':*' if goes_on else ''}"
    for step, place, following in zip(
        reversed(steps), reversed(before), reversed(clause.lexemes), strict=False
    ):
        chain = f"{step} <{following.number - place.number}> {chain}"
    return chain
