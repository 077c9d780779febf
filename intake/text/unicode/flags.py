"""Flags for suspicious characters that cleaning leaves in a text, so that an editor can check the text."""

import re
from functools import cache
from itertools import permutations

from intake.text.unicode import tables

# Scripts with letters that look alike. Han and kana are missing, because honest texts often mix them with
# Latin.
LOOKALIKES = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Cher"})
ODD_SPACES = frozenset("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")
PILE = re.compile(f"[{tables.char_class('mark')}]{{9}}")


def flags(text: str) -> list[str]:
    """Flags for a text: `mixed-script`, `private-use`, `unassigned`, `odd-space`, `combining-pile`."""
    if text.isascii():
        return []
    # A text of 300 KB has a few hundred different characters, so each is checked once.
    chars = set(text)
    tests = {
        "mixed-script": _is_mixed(text, chars),
        "private-use": any(tables.has(char, "private") for char in chars),
        "unassigned": any(tables.has(char, "unassigned") for char in chars),
        "odd-space": not chars.isdisjoint(ODD_SPACES),
        "combining-pile": not chars.isdisjoint(tables.points("mark")) and PILE.search(text) is not None,
    }
    return [name for name, found in tests.items() if found]


def _is_mixed(text: str, chars: set[str]) -> bool:
    scripts = LOOKALIKES & {tables.script(char) for char in chars}
    return len(scripts) > 1 and _mixture(frozenset(scripts)).search(text) is not None


@cache
def _mixture(scripts: frozenset[str]) -> re.Pattern[str]:
    """Pattern of one letter of a script beside two letters of another script, as in `pаypal`.

    Units such as `μm` do not match.
    """
    pairs = [
        (tables.char_class(one), tables.char_class(two)) for one, two in permutations(sorted(scripts), 2)
    ]
    return re.compile("|".join(f"[{one}][{two}]{{2}}|[{two}]{{2}}[{one}]" for one, two in pairs))
