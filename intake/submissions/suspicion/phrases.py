"""Phrases of the admins' list, and their search in a text. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.submissions.suspicion.tokens import tokens

MOST = 500
"""Largest number of phrases in the list."""
MOST_CHARACTERS = 100
"""Largest number of characters of a phrase."""


@dataclass(frozen=True)
class Phrases:
    """Phrases in the form in which they are searched: words between single spaces."""

    padded: tuple[str, ...] = ()

    @classmethod
    def parse(cls, body: str) -> "Phrases":
        """Read a list with one phrase on each line. Lines without a letter or digit are ignored."""
        found = (" ".join(tokens(line)) for line in body.splitlines())
        return cls(tuple(f" {words} " for words in dict.fromkeys(found) if words))

    def signals(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return ("phrase",) if one of the phrases occurs in the words of a text, ("phrases",) if several do."""
        text = f" {' '.join(words)} "
        count = 0
        for phrase in self.padded:
            count += phrase in text
            if count > 1:
                return ("phrases",)
        return ("phrase",) * count


def problem(body: str) -> str:
    """Return what is wrong with a list, or ""."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if len(lines) > MOST:
        return f"Please keep the list to {MOST} phrases. It has {len(lines)}."
    long = next((line for line in lines if len(line) > MOST_CHARACTERS), None)
    if long:
        return f"Please keep each phrase to {MOST_CHARACTERS} characters. “{long[:30]}…” is longer."
    blank = next((line for line in lines if not tokens(line)), None)
    return f"“{blank}” has no word to search for." if blank else ""
