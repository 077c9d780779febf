"""Texts in ten languages and six scripts, with realistic word frequencies."""

import random
import re
from collections.abc import Iterator
from itertools import accumulate

from intake.demo.submissions import demo_submissions
from intake.text.search import lexemes

SHARES = {"ru": 20, "en": 15, "kk": 15, "zh-Hans": 10, "ug": 10, "ar": 10, "fa": 5, "fr": 5, "tr": 5, "my": 5}
"""Language → number of texts of a hundred."""
SPACELESS = frozenset({"zh-Hans", "my"})
WORDS = 4000
"""Number of different words per language."""
PARAGRAPH_WORDS = (40, 65)
TITLE_WORDS = (4, 8)


class Writer:
    """Writes in one language with `words` sorted by frequency. The same seed writes the same text."""

    def __init__(self, language: str, seed: int = 1) -> None:
        self._random = random.Random(f"{language} {seed}")
        self._space = "" if language in SPACELESS else " "
        self.words = _words(language, self._random)
        # Zipf's law: the second word is half as frequent as the first, the third a third as frequent.
        self._weights = list(accumulate(1 / (place + 2) for place in range(len(self.words))))

    def paragraph(self) -> str:
        """A few sentences."""
        return self._some(*PARAGRAPH_WORDS)

    def title(self) -> str:
        """A few words."""
        return self._some(*TITLE_WORDS)

    def _some(self, least: int, most: int) -> str:
        count = self._random.randint(least, most)
        return self._space.join(self._random.choices(self.words, cum_weights=self._weights, k=count))


def _words(language: str, chance: random.Random) -> list[str]:
    """Words of the demo's texts, then words made from their halves."""
    bodies = [submission.body for submission in demo_submissions() if submission.language == language]
    known = list(dict.fromkeys(word for body in bodies for word in _parts(body, language)))
    halves = sorted({(word[: len(word) // 2], word[len(word) // 2 :]) for word in known if len(word) > 1})
    found = dict.fromkeys(known)
    while len(found) < WORDS:
        # Words are combined from two or three words, because pairs from a short text are too few.
        ends = chance.choices(halves, k=chance.randint(1, 2))
        found[chance.choice(halves)[0] + "".join(end for _, end in ends)] = None
    return list(found)


def _parts(body: str, language: str) -> Iterator[str]:
    if language not in SPACELESS:
        return (word.lower() for word in re.findall(r"\w+", body))
    # Pairs of characters. In Chinese, most are words.
    return (place.forms[0] for place in lexemes(body) if place.kind == "pair")
