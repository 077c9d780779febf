"""Random texts made of fragments, similar to what people write and what word processors export."""

from collections.abc import Callable
from random import Random

from tests.text.fragments import (
    ATTRIBUTES,
    ELEMENTS,
    INVISIBLE,
    KEPT,
    MARKS,
    ODDITIES,
    REFERENCES,
    SPACES,
    WORDS,
)

LENGTHS = (1, 3, 8, 20, 60)
"""Numbers of fragments in a text. In short texts, a fault is easier to find."""


def written(chance: Random) -> str:
    """A text of fragments: of all kinds, of regular markup only, or without any markup."""
    fragments = chance.choice((ANY, ANY, TAGGED, PLAIN))
    return "".join(chance.choice(fragments)(chance) for _ in range(chance.choice(LENGTHS)))


def fragment(chance: Random) -> str:
    """One fragment of any kind."""
    return chance.choice(ANY)(chance)


def invisible(chance: Random) -> str:
    """An invisible character. All kinds are equally likely."""
    return chance.choice(INVISIBLE[chance.choice(list(INVISIBLE))])


def _opening(chance: Random) -> str:
    attributes = "".join(chance.choices(ATTRIBUTES, k=chance.choice((0, 0, 1, 1, 3))))
    return f"<{chance.choice(ELEMENTS)}{attributes}>"


def _closing(chance: Random) -> str:
    return f"</{chance.choice(ELEMENTS)}>"


def _element(chance: Random) -> str:
    name = chance.choice(ELEMENTS)
    return f"<{name}>{_word(chance)}</{name}>"


def _simple(chance: Random) -> str:
    return f"<{chance.choice(('', '/'))}{chance.choice(KEPT)}>"


def _comment(chance: Random) -> str:
    return f"<!--{chance.choice(ODDITIES)}{_opening(chance)}{_word(chance)}-->"


def _reference(chance: Random) -> str:
    return chance.choice(REFERENCES)


def _oddity(chance: Random) -> str:
    return chance.choice(ODDITIES)


def _word(chance: Random) -> str:
    return chance.choice(WORDS)


def _marks(chance: Random) -> str:
    return "".join(chance.choices(MARKS, k=chance.choice((1, 1, 2, 4))))


def _space(chance: Random) -> str:
    return chance.choice(SPACES)


def _run(chance: Random) -> str:
    """Several invisible characters in a row, because the cleaner judges each by the characters before it."""
    return "".join(invisible(chance) for _ in range(chance.choice((1, 1, 2, 5))))


def _any(chance: Random) -> str:
    return chr(chance.randrange(chance.choice((0x80, 0x3000, 0x20000, 0x110000))))


Fragment = Callable[[Random], str]
PLAIN: tuple[Fragment, ...] = (_word, _word, _marks, _space, _run, _run, _any)
TAGGED: tuple[Fragment, ...] = (_simple, _simple, _word, _space, _run, _marks)
ANY: tuple[Fragment, ...] = (_opening, _opening, _closing, _element, _comment, _reference, _oddity, *PLAIN)
