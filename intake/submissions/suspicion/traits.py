"""Traits of a cleaned text: keyed hashes, listed phrases, and the share of links. The words are not kept."""

from dataclasses import dataclass
from hashlib import blake2b

from intake.crypto import keyring
from intake.submissions.suspicion.phrases import Phrases
from intake.submissions.suspicion.sketch import sketch
from intake.submissions.suspicion.tokens import features, links, tokens
from intake.text.words import visible

EXACT_BYTES = 16
MIN_WORDS = 8
"""Shorter texts are not compared: many people write "see the photos"."""
# Signal → smallest number of links, and the words per link below which the text has the signal.
LINK_RULES = (("mostly_links", 3, 8), ("many_links", 2, 15), ("some_links", 1, 100))


@dataclass(frozen=True)
class Traits:
    """Traits of a text. `exact` and `sketch` are None for a text that is too short to be compared."""

    signals: tuple[str, ...]
    exact: bytes | None
    sketch: bytes | None


def traits(title: str, html: str, phrases: Phrases) -> Traits:
    """Return the traits of a cleaned text."""
    text = f"{title}\n{visible(html)}"
    words = tokens(text)
    count = max(links(text), html.count('href="http'))
    return Traits(
        (*_link_signals(count, len(words)), *phrases.signals(words)),
        _exact(words) if len(words) >= MIN_WORDS else None,
        sketch(features(words), _key()),
    )


def _link_signals(count: int, words: int) -> tuple[str, ...]:
    for signal, least, per_link in LINK_RULES:
        if count >= least and words < count * per_link:
            return (signal,)
    return ()


def _exact(words: list[str]) -> bytes:
    return blake2b(" ".join(words).encode(), key=_key(), digest_size=EXACT_BYTES).digest()


def _key() -> bytes:
    return keyring().subkey("recent texts")
