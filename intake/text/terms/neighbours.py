"""Words that differ from a searched word by one typing error, to suggest corrections."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from operator import eq
from unicodedata import normalize

from intake.text.search import fold
from intake.text.unicode import tables

LEAST_CHARACTERS = 5
"""Minimum length of the word that was meant. Shorter words have too many neighbours that are other words."""
# Folded letters that common languages of each script use. A whole script has hundreds of letters.
_ALPHABETS = {
    "Latn": "abcdefghijklmnopqrstuvwxyzəŋɛɔ",
    "Cyrl": "абвгдежзийклмнопрстуфхцчшщъыьэюя" "әғқңөұүһі" "җҡҙҫҳҷ" "ґєђјљњћџѕ",
    "Arab": "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي" "پچژگ" "ۇۆۈۋېەڭ" "ٹڈڑں" "ټځڅډړږښڼ" "ڕڵێ",
    "Ethi": "".join(filter(str.isalpha, map(chr, range(0x1200, 0x135B)))),
}  # fmt: skip


Letters = list[tuple[str, str]]
"""Letters of a word: each folded, and as it is shown."""


def may_have_error(word: str) -> bool:
    """Return whether neighbours of a folded word may be searched for: it is long enough, and has no digit.

    A different number is a different search, not a typing error.
    """
    return len(word) >= LEAST_CHARACTERS - 1 and not any(map(str.isdecimal, word))


def neighbours(word: str, typed: str = "") -> dict[str, str]:
    """Return {folded word: word as shown} for the words one typing error away, the likeliest errors first.

    An error exchanges two neighbouring letters, adds one, leaves one out, or replaces one. Words have at least
    LEAST_CHARACTERS. Unchanged letters are shown as in `typed`, with their accents. Empty unless `may_have_error`.
    """
    if not may_have_error(word):
        return {}
    letters = list(zip(word, _shown(word, typed), strict=True))
    edits = chain(_exchanged(letters), _without_one(letters), _with_another(letters))
    found: dict[str, str] = {}
    for edit in filter(lambda edit: len(edit) >= LEAST_CHARACTERS, edits):
        found.setdefault("".join([folded for folded, _ in edit]), "".join([shown for _, shown in edit]))
    found.pop(word, None)
    return found


def _shown(word: str, typed: str) -> str:
    """Return the typed letters in lower case, or the folded word if `typed` does not fold to it."""
    lower = normalize("NFC", typed).lower()
    return lower if len(lower) == len(word) and all(map(eq, map(fold, lower), word)) else word


def _exchanged(word: Letters) -> Iterator[Letters]:
    for place in range(len(word) - 1):
        yield [*word[:place], word[place + 1], word[place], *word[place + 2 :]]


def _without_one(word: Letters) -> Iterator[Letters]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _with_another(word: Letters) -> Iterator[Letters]:
    """Yield the words with a letter replaced, and with a further letter."""
    folded = [letter for letter, _ in word]
    letters = sorted({letter for char in folded for letter in _alphabet(tables.script(char))}.union(folded))
    for place in range(len(word) + 1):
        for letter in letters:
            yield [*word[:place], (letter, letter), *word[place + 1 :]]
            yield [*word[:place], (letter, letter), *word[place:]]


@cache
def _alphabet(script: str) -> frozenset[str]:
    """Return the letters and marks of a script that are left after folding."""
    if script in _ALPHABETS:
        return frozenset(_ALPHABETS[script])
    if script == "Zinh":
        return frozenset()
    marks = tables.points("mark")
    return frozenset(
        char for char in tables.characters(script) if fold(char) == char and (char.isalpha() or char in marks)
    )
