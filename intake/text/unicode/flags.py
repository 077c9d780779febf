"""Suspicious characters that cleaning leaves in a text, with their places, so that an editor can check them."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import permutations
from typing import NamedTuple

from intake.text.unicode import alphabets, lookalikes, spaces, tables

# Scripts with letters that look alike. Han and kana are missing, because honest texts often mix them with
# Latin.
LOOKALIKES = alphabets.SCRIPTS
ODD_SPACES = frozenset("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
PILE = re.compile(f"[{tables.char_class('mark')}]{{9}}")
_HAN_VARIANT = re.compile(
    f"[{tables.char_class('Hani')}\u3000-\u303f\uff00-\uffef\U00020000-\U0003ffff][\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
_TEXT_VARIANT = re.compile(".\ufe0e")
_HYPHENS = re.compile("(?<=\\w)\u2010(?=\\w)")
_PLAIN_HYPHEN = re.compile(r"\w-\w")
_APOSTROPHES = re.compile("(?<=[^\\W\\d_])[\u02bc\u2019](?=[^\\W\\d_])")
# Mathematical and full-width letters, which fonts draw nearly like ASCII letters.
_STYLED_LETTER = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a]")
_STYLED = re.compile(f"[A-Za-z]{_STYLED_LETTER.pattern}|{_STYLED_LETTER.pattern}[A-Za-z]")


class Flag(NamedTuple):
    """Suspicious place of a text. `kind` is a key of `report.FLAGS`; `start` and `end` count characters."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Flag]:
    """Flags of a text, by kind and then by place. The kinds are the keys of `_SEARCHES`."""
    if text.isascii():
        return []
    # A text of 300 KB has a few hundred different characters, so each is checked once.
    chars = set(text)
    return [Flag(kind, *place) for kind, search in _SEARCHES.items() for place in _apart(search(text, chars))]


def kinds(text: str) -> list[str]:
    """Kinds of the flags of a text, each once."""
    return list(dict.fromkeys(flag.kind for flag in find(text)))


Place = tuple[int, int]
Search = Callable[[str, set[str]], Iterable[Place]]


def _apart(places: Iterable[Place]) -> Iterator[Place]:
    """Return places in order, leaving out each that overlaps the place before it."""
    seen = 0
    for start, end in sorted(places):
        if start >= seen:
            seen = end
            yield start, end


def _spans(pattern: re.Pattern[str] | None, text: str) -> Iterator[Place]:
    return (found.span() for found in pattern.finditer(text)) if pattern else iter(())


def _mixed(text: str, chars: set[str]) -> Iterable[Place]:
    scripts = LOOKALIKES & {tables.script(char) for char in chars}
    if len(scripts) < 2:
        return ()
    return [*lookalikes.mixed(text), *_spans(_mixture(frozenset(scripts)), text)]


def _disguised(text: str, chars: set[str]) -> Iterable[Place]:
    words = lookalikes.disguised(text) if lookalikes.has_several(chars) else ()
    return [*words, *(_spans(_STYLED, text) if any(map(_STYLED_LETTER.match, chars)) else ())]


def _with_property(name: str) -> Search:
    return lambda text, chars: _spans(_any_of(char for char in chars if tables.has(char, name)), text)


def _odd_space(text: str, chars: set[str]) -> Iterable[Place]:
    """Places of unusual spaces, except where French, Mongolian, Chinese or numbers need them."""
    for start, end in _spans(_any_of(ODD_SPACES & chars), text):
        left, right = text[start - 1 : start], text[end : end + 1]
        if left and right and not spaces.is_usual(left, text[start:end], right):
            yield start, end


def _variant(text: str, chars: set[str]) -> Iterable[Place]:
    if not any("\ufe00" <= char <= "\ufe0e" or char >= "\U000e0100" for char in chars):
        return ()
    mixed = "\ufe0e" in chars and _is_bare(text)
    return [*_spans(_HAN_VARIANT, text), *(_spans(_TEXT_VARIANT, text) if mixed else ())]


def _is_bare(text: str) -> bool:
    """Return whether a character that can take the text selector U+FE0E stands somewhere without it."""
    return any(
        char > "\xff"
        and tables.is_variation(char, "\ufe0e")
        and text.count(char) > text.count(f"{char}\ufe0e")
        for char in set(text)
    )


def _hyphen(text: str, chars: set[str]) -> Iterable[Place]:
    return _spans(_HYPHENS, text) if "\u2010" in chars and _PLAIN_HYPHEN.search(text) else ()


def _apostrophe(text: str, chars: set[str]) -> Iterable[Place]:
    if not {"\u02bc", "\u2019"} <= chars:
        return ()
    found = list(_APOSTROPHES.finditer(text))
    return (
        [match.span() for match in found if match.group() == "\u02bc"]
        if len({m.group() for m in found}) > 1
        else ()
    )


def _pile(text: str, chars: set[str]) -> Iterable[Place]:
    return () if chars.isdisjoint(tables.points("mark")) else _spans(PILE, text)


def _any_of(chars: Iterable[str]) -> re.Pattern[str] | None:
    found = "".join(sorted(chars))
    return re.compile(f"[{re.escape(found)}]+") if found else None


_SEARCHES: dict[str, Search] = {
    "mixed-script": _mixed,
    "look-alike": _disguised,
    "private-use": _with_property("private"),
    "unassigned": _with_property("unassigned"),
    "odd-space": _odd_space,
    "variant": _variant,
    "hyphen": _hyphen,
    "apostrophe": _apostrophe,
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
    return re.compile(
        "|".join(f"[{one}][{two}]{{2}}|[{two}]{{2}}[{one}]" for one, two in pairs if one and two)
    )
