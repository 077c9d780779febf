"""Stems of words, by Snowball. PostgreSQL has the same algorithms, but must not see the words."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from threading import local
from typing import Any

import snowballstemmer

from intake.text.search import STEMMERS

# One stemmer per thread, because a stemmer object keeps the current word in its attributes.
_of_thread = local()


def stems(words: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return {word: stems}. `words` are (word, language code) pairs.

    Words without a stemmer, and words that are their own stem, have no stems.
    """
    found: dict[str, frozenset[str]] = {}
    for word, code in words:
        if code in STEMMERS and (stem := _stem(word, code)) not in {word, ""}:
            found[word] = found.get(word, frozenset()) | {stem}
    return found


# Most words of a text were seen before. A stem in Python takes about 0.1 ms.
@lru_cache(maxsize=50_000)
def _stem(word: str, code: str) -> str:
    stem: str = _stemmers()(STEMMERS[code]).stemWord(word)
    return stem


def _stemmers() -> Callable[[str], Any]:
    if not hasattr(_of_thread, "stemmer"):
        _of_thread.stemmer = cache(snowballstemmer.stemmer)
    found: Callable[[str], Any] = _of_thread.stemmer
    return found
