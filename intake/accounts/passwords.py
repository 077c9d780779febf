"""Rules for new passwords: long, not easy to guess, and without the person's own words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from zxcvbn import zxcvbn

from intake.plurals import READER, desk_noop

LEAST_CHARACTERS = 12
MOST_CHARACTERS = 200
LEAST_DIFFERENT = 5
LEAST_SCORE = 3
"""Score of zxcvbn from which a password needs more than 10⁸ guesses (Wheeler, USENIX Security 2016)."""
ESTIMATED_CHARACTERS = 72
"""Largest number of characters that zxcvbn accepts."""

TOO_SHORT = desk_noop("At least %(count)s characters. Four or five unrelated words are good.")
TOO_LONG = desk_noop("At most %(count)s characters.")
OWN_WORDS = desk_noop(
    "Leave out your name, your address and the name of the magazine: others try them first. Four or five unrelated words are good."
)
REPEATED = desk_noop(
    "This repeats a few characters. Use at least %(count)s different ones. Four or five unrelated words are good."
)
COMMON = desk_noop(
    "This is too easy to guess: it is or resembles a password that many people use. Four or five unrelated words are good."
)

_SHORTEST_WORD = 4
# In scripts that write a word with one or two characters, such as Chinese, words of this length are checked too.
_SHORTEST_OTHER_WORD = 2


class WeakPassword(Exception):
    """The password breaks a rule. The message says what to do."""


def check(password: str, own_words: Iterable[str] = ()) -> None:
    """Check a new password. `own_words` are the person's name and address, and the magazine's name.

    Raises WeakPassword.
    """
    problem = password_problem(password, own_words)
    if problem:
        raise WeakPassword(problem)


def password_problem(password: str, own_words: Iterable[str] = ()) -> str:
    """Return a sentence that says why a password is refused and what to do, or ""."""
    if len(password) < LEAST_CHARACTERS:
        return READER.gettext(TOO_SHORT) % {"count": LEAST_CHARACTERS}
    if len(password) > MOST_CHARACTERS:
        return READER.gettext(TOO_LONG) % {"count": MOST_CHARACTERS}
    if len(set(password)) < LEAST_DIFFERENT:
        return READER.gettext(REPEATED) % {"count": LEAST_DIFFERENT}
    plain = _plain(password)
    words = set(_own_words(own_words))
    if any(word in plain for word in words):
        return READER.gettext(OWN_WORDS)
    score = zxcvbn(password[:ESTIMATED_CHARACTERS], user_inputs=sorted(words))["score"]
    return READER.gettext(COMMON) if score < LEAST_SCORE else ""


def _own_words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of names and addresses that a password must not contain."""
    for text in texts:
        local_part = text.rpartition("@")[0] or text
        for word in (_plain(local_part), *map(_plain, re.split(r"[\W_]+", local_part))):
            shortest = _SHORTEST_WORD if word.isascii() else _SHORTEST_OTHER_WORD
            if len(word) >= shortest:
                yield word


def _plain(text: str) -> str:
    """Return the letters and digits of a text, without case and without differences of width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
