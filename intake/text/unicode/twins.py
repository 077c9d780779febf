"""Unify two spellings of a character that look alike in the same alphabet.

Some characters have two code points, such as the Persian and the Arabic yeh inside a word. Others equal a sequence:
`ﬁ` looks like `fi`. Where a line has both spellings, the rarer one is replaced by the other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Set

from intake.text.unicode import presentation
from intake.text.unicode.edits import CharacterEdit

_LETTERS = "\u0620\u0622-\u063f\u0640-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
_MARKS = "[\u064b-\u065f\u0670\u06d6-\u06ed]*"
_JOINED = f"(?={_MARKS}[{_LETTERS}])"
_ENDS = f"(?!{_MARKS}[{_LETTERS}\u0621\u200c\u200d])"
# Letters that do not join the next one: a letter behind them has its initial shape.
_APART = "\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671\u0688-\u0699\u06c0\u06c4-\u06cb\u06d2\u06d5"
_BEGINS = f"(?<![{_LETTERS}])|(?<=[{_APART}])"


class _Pair:
    """Ways to write some characters. `kinds` has a string for each way, with the characters in the same order."""

    def __init__(self, pattern: str, *kinds: str) -> None:
        self._pattern = re.compile(pattern)
        self._kinds = [frozenset(kind) for kind in kinds]
        self._tables = [dict(zip("".join(kinds), kind * len(kinds), strict=True)) for kind in kinds]
        self.signs = frozenset("".join(kinds))

    def may_edit(self, chars: Set[str]) -> bool:
        """Return whether characters have more than one of the ways to write these signs."""
        return sum(not kind.isdisjoint(chars) for kind in self._kinds) > 1

    def edits(self, line: str) -> Iterator[CharacterEdit]:
        """Edits that write all these signs of a line in the way that most of them have."""
        found = list(self._pattern.finditer(line))
        counts = [sum(match.group() in kind for match in found) for kind in self._kinds]
        table = self._tables[counts.index(max(counts))]
        for match in found:
            if (new := table[match.group()]) != match.group():
                yield CharacterEdit(match.start(), new, "look-alike")


_PAIRS = (
    _Pair(f"[يی]{_JOINED}", "ی", "ي"),
    _Pair(f"[كک]{_JOINED}", "ک", "ك"),
    _Pair(f"(?:{_BEGINS})[هھ]{_JOINED}", "ه", "ھ"),
    _Pair(f"[هەہ]{_ENDS}", "ه", "ە", "ہ"),
    # The other digits differ in shape.
    _Pair("[٠١٢٣٧٨٩۰۱۲۳۷۸۹]", "۰۱۲۳۷۸۹", "٠١٢٣٧٨٩"),
    _Pair("[\u2013\u2012]", "\u2013", "\u2012"),
    _Pair("(?<=\\D )[\u2013\u2212](?= \\D)", "\u2013", "\u2212"),
    _Pair("[\u2014\u2015]", "\u2014", "\u2015"),
    _Pair("[\u00b7\u22c5\u2219]", "\u00b7", "\u22c5", "\u2219"),
    _Pair("[/\u2215]", "/", "\u2215"),
)
_PAIRED = frozenset().union(*(pair.signs for pair in _PAIRS)) - {"/"} | {"\u2215"}

_CHILLUS = dict(zip("ണനരലളക", "ൺൻർൽൾൿ", strict=True))
# Sequence → single character that looks the same. The sequence is another spelling, or an invisible typing error.
_SEQUENCES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("เ", re.compile("เเ"), lambda _: "แ"),
    ("ເ", re.compile("ເເ"), lambda _: "ແ"),
    ("\u0e4d", re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32"), lambda m: f"{m[1] or m[2] or ''}\u0e33"),
    ("\u0ecd", re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2|([\u0ec8-\u0ecb])\u0ecd\u0eb2"), lambda m: f"{m[1] or m[2] or ''}\u0eb3"),
    # A tsheg that allows no line break is only needed before a shad.
    ("\u0f0c", re.compile("\u0f0c(?![\u0f0d-\u0f12])"), lambda _: "\u0f0b"),
    ("\u101d", re.compile("(?<=[\u1040-\u1049])\u101d(?![\u102b-\u103e\u1000-\u102a])"), lambda _: "\u1040"),
    ("\u1040", re.compile("(?<![\u1040-\u1049])\u1040(?=[\u1000-\u103e])"), lambda _: "\u101d"),
    ("µ", re.compile("(?<=[\u0370-\u03ff\u1f00-\u1fff])µ|µ(?=[\u0370-\u03ff\u1f00-\u1fff])"), lambda _: "μ"),
    ("\u01c3", re.compile("(?<=[A-Za-z0-9])\u01c3(?![^\\W_])"), lambda _: "!"),
    ("\u201a", re.compile("(?<=[^\\W_])\u201a(?=\\s|$)"), lambda _: ","),
)  # fmt: skip
COMPOSED = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFB00, 0xFB05), *range(0x01C4, 0x01CD), *range(0x01F1, 0x01F4), 0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6))
}  # fmt: skip
"""Sign → the letters or the Han sign that it looks like: ligatures, digraphs, and the radicals of dictionaries."""
_FIRST = frozenset(first for first, _, _ in _SEQUENCES)
_ALONE = _FIRST | COMPOSED.keys() | presentation.SIGNS | {"\u0d4d"}
"""Characters of which a line must contain at least one for any rule but `_PAIRS` to find something."""
_CHILLU = re.compile("([ണനരലളക])\u0d4d\u200d")


def may_edit(chars: Set[str]) -> bool:
    """Return whether `edits` may find something in a line of these characters, by a quick test."""
    return not _ALONE.isdisjoint(chars) or (
        not _PAIRED.isdisjoint(chars) and any(pair.may_edit(chars) for pair in _PAIRS)
    )


def edits(line: str) -> Iterator[CharacterEdit]:
    """Edits of a line. Signs of `COMPOSED` and `_SEQUENCES` are replaced even if the line does not mix spellings."""
    chars = frozenset(line)
    found = [edit for pair in _PAIRS if pair.may_edit(chars) for edit in pair.edits(line)]
    if not _ALONE.isdisjoint(chars):
        found += [*_composed(line, chars), *_sequences(line, chars), *_shaped(line, chars)]
    yield from sorted(found, key=lambda edit: edit.place)


def _composed(line: str, chars: frozenset[str]) -> Iterator[CharacterEdit]:
    if not chars.isdisjoint(COMPOSED):
        places = (place for place, char in enumerate(line) if char in COMPOSED)
        yield from (CharacterEdit(place, COMPOSED[line[place]], "look-alike") for place in places)


def _sequences(line: str, chars: frozenset[str]) -> Iterator[CharacterEdit]:
    for first, pattern, new in _SEQUENCES:
        if first in chars:
            for match in pattern.finditer(line):
                yield from _replaced(match, new(match))
    if "\u200d" in chars and not chars.isdisjoint(_CHILLUS.values()):
        for match in _CHILLU.finditer(line):
            yield from _replaced(match, _CHILLUS[match[1]])


def _shaped(line: str, chars: frozenset[str]) -> Iterator[CharacterEdit]:
    return iter(()) if chars.isdisjoint(presentation.SIGNS) else presentation.edits(line)


def _replaced(match: re.Match[str], new: str) -> Iterator[CharacterEdit]:
    yield CharacterEdit(match.start(), new, "look-alike")
    yield from (CharacterEdit(place, "") for place in range(match.start() + 1, match.end()))
