"""Ways to corrupt a text, each reproducible from its random generator."""

from collections.abc import Callable
from random import Random

from tests.fuzz.text.grammar import fragment, invisible, written

Mutator = Callable[[Random, str, str], str]
"""Function of a random source, a text, and another text that may be mixed in. Returns the changed text."""

LARGEST = 300 * 1024
"""Maximum length of a text in bytes of UTF-8. Transom refuses longer texts."""
_SPAN = 40
_FEW, _MANY = (2, 3, 9, 40), (300, 3_000, 30_000)
_RARELY = 0.02
"""Probability of a long repetition. It is small, because reading one takes as long as reading hundreds of others."""


def delete(chance: Random, text: str, _other: str) -> str:
    """Delete a random part of the text."""
    start, end = _part(chance, text)
    return text[:start] + text[end:]


def insert(chance: Random, text: str, _other: str) -> str:
    """Insert a random fragment of markup or words at a random position."""
    at = chance.randint(0, len(text))
    return text[:at] + fragment(chance) + text[at:]


def sprinkle(chance: Random, text: str, _other: str) -> str:
    """Insert invisible characters at random positions, like a watermark."""
    chars = list(text)
    for _ in range(chance.randint(1, 20)):
        chars.insert(chance.randint(0, len(chars)), invisible(chance))
    return "".join(chars)


def splice(chance: Random, text: str, other: str) -> str:
    """Join the start of one text and the end of another."""
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def repeat(chance: Random, text: str, _other: str) -> str:
    """Repeat a random part of the text, twice or many times."""
    start, end = _part(chance, text)
    times = chance.choice(_MANY if chance.random() < _RARELY else _FEW)
    return text[:start] + text[start:end] * times + text[end:]


def refer(chance: Random, text: str, _other: str) -> str:
    """Write a random part of the text as character references, such as `&#97;`."""
    start, end = _part(chance, text)
    return text[:start] + "".join(f"&#{ord(char)};" for char in text[start:end]) + text[end:]


def wrap(chance: Random, text: str, _other: str) -> str:
    """Insert random fragments before and after a random part of the text."""
    start, end = _part(chance, text)
    return text[:start] + fragment(chance) + text[start:end] + fragment(chance) + text[end:]


def recase(chance: Random, text: str, _other: str) -> str:
    """Write a random part of the text in capitals, because HTML allows them in names of elements."""
    start, end = _part(chance, text)
    return text[:start] + text[start:end].upper() + text[end:]


MUTATORS: tuple[Mutator, ...] = (delete, insert, sprinkle, splice, repeat, refer, wrap, recase)


def mutate(chance: Random, texts: list[str]) -> str:
    """Return a newly generated text, or one of `texts`. In most cases it is changed by one to four random mutators."""
    text = written(chance) if chance.random() < 0.5 else chance.choice(texts)
    for _ in range(chance.randint(0, 4)):
        text = chance.choice(MUTATORS)(chance, text, chance.choice(texts))
    while len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        text = text[: len(text) * 9 // 10]
    return text


def _part(chance: Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(1, _SPAN))
