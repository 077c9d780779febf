"""Suspicious characters that cleaning leaves in a text, with their places, so that an editor can check them."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import permutations
from typing import NamedTuple

from intake.text.unicode import tables

# Scripts with letters that look alike. Han and kana are missing, because honest texts often mix them with
# Latin.
LOOKALIKES = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Cher"})
ODD_SPACES = frozenset("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")
PILE = re.compile(f"[{tables.char_class('mark')}]{{9}}")


class Flag(NamedTuple):
    """Suspicious place of a text. `kind` is a key of `report.FLAGS`; `start` and `end` count characters."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Flag]:
    """Flags of a text, by kind and then by place.

    Kinds: `mixed-script`, `private-use`, `unassigned`, `odd-space`, `combining-pile`.
    """
    if text.isascii():
        return []
    # A text of 300 KB has a few hundred different characters, so each is checked once.
    chars = set(text)
    return [
        Flag(kind, *found.span())
        for kind, pattern in _SEARCHES.items()
        if (compiled := pattern(chars)) is not None
        for found in compiled.finditer(text)
    ]


def kinds(text: str) -> list[str]:
    """Kinds of the flags of a text, each once."""
    return list(dict.fromkeys(flag.kind for flag in find(text)))


Search = Callable[[set[str]], re.Pattern[str] | None]


def _mixed(chars: set[str]) -> re.Pattern[str] | None:
    scripts = LOOKALIKES & {tables.script(char) for char in chars}
    return _mixture(frozenset(scripts)) if len(scripts) > 1 else None


def _with_property(name: str) -> Search:
    return lambda chars: _any_of(char for char in chars if tables.has(char, name))


def _odd_space(chars: set[str]) -> re.Pattern[str] | None:
    return _any_of(ODD_SPACES & chars)


def _pile(chars: set[str]) -> re.Pattern[str] | None:
    return None if chars.isdisjoint(tables.points("mark")) else PILE


def _any_of(chars: Iterator[str] | set[str] | frozenset[str]) -> re.Pattern[str] | None:
    found = "".join(sorted(chars))
    return re.compile(f"[{re.escape(found)}]+") if found else None


_SEARCHES: dict[str, Search] = {
    "mixed-script": _mixed,
    "private-use": _with_property("private"),
    "unassigned": _with_property("unassigned"),
    "odd-space": _odd_space,
    "combining-pile": _pile,
}


@cache
def _mixture(scripts: frozenset[str]) -> re.Pattern[str]:
    """Pattern of one letter of a script beside two letters of another script, as in `pаypal`.

    Units such as `μm` do not match.
    """
    pairs = [
        (tables.char_class(one), tables.char_class(two)) for one, two in permutations(sorted(scripts), 2)
    ]
    return re.compile("|".join(f"[{one}][{two}]{{2}}|[{two}]{{2}}[{one}]" for one, two in pairs))
