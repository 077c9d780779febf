"""Rewrite words that mix alphabets invisibly, such as a Latin word with a Cyrillic `a`, in one alphabet.

If a line has only a few longer mixed words, they are kept and flagged, as the text may quote a forged name. Many of
them are a watermark. Addresses are kept, because other letters would lead elsewhere.
"""

import re
from collections import deque
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from intake.text.unicode import alphabets, tables
from intake.text.unicode.edits import CharacterEdit

SHORT = 2
"""Maximum length of a word that is rewritten in the alphabet of its neighbours."""
FEW = 3
"""Maximum number of longer mixed words that are kept in a line."""
REACH = 40
"""Maximum distance in characters at which a word counts as the neighbour of another."""
# Alphabets whose letters never occur inside words of another alphabet in genuine texts.
_NEVER_MIXED = frozenset({"Lisu", "Copt", "Dsrt", "Cher", "variant"})
_WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_ROMAN = re.compile("[IVXLCDM]+")
_SENTENCE_END = '.!?…»”"\n\u2028—–'
# Russian and Ukrainian words that can be typed with Latin letters only.
_CYRILLIC_WORDS = frozenset(
    {"a", "c", "o", "y", "i", "co", "ax", "ox", "yx", "ee", "ïï", "ïx", "He", "Ho", "Ha", "To", "Bo"}
)
_CAPITALS = frozenset("AOYBKC")
# Signs between the parts of an address. A bracket begins a transcription, whose letters are exact.
_JOINING = ("@", ".", "/", "_", ":", "[")
# Name for the Latin letters that look like letters of ASCII.
_VARIANT = "variant"
_KNOWN = alphabets.SCRIPTS | {_VARIANT}


class Word(NamedTuple):
    """A word of a text and the alphabets of its letters."""

    text: str
    start: int
    end: int
    scripts: frozenset[str]


def edits(text: str) -> Iterator[CharacterEdit]:
    """Edits that replace look-alikes in mixed words and in short words among words of another alphabet."""
    main, foreign = _alphabets(text)
    found: list[tuple[Word, str]] = []
    longer = 0
    for before, word, after in _foreign_words(text, foreign):
        if not _is_address(text, word) and (
            target := _target(word, main) or _whole(text, before, word, after, main)
        ):
            found.append((word, target))
            longer += not _is_certain(word)
    for word, target in found:
        if longer > FEW or _is_certain(word):
            table = alphabets.TO[target]
            for i, char in enumerate(word.text):
                if char in table and _script(char) != target:
                    yield CharacterEdit(word.start + i, table[char], "look-alike")


def mixed(text: str) -> Iterator[tuple[int, int]]:
    """Places of words that contain look-alike letters of another alphabet."""
    main, foreign = _alphabets(text)
    return ((word.start, word.end) for _, word, _ in _foreign_words(text, foreign) if _target(word, main))


def _is_certain(word: Word) -> bool:
    return len(word.text) <= SHORT or not _NEVER_MIXED.isdisjoint(word.scripts)


def disguised(text: str) -> Iterator[tuple[int, int]]:
    """Places of longer words of another alphabet that look like Latin words among Latin words."""
    main, foreign = _alphabets(text)
    if main != "Latn" or foreign.isdisjoint(alphabets.LATIN):
        return
    for before, word, after in _foreign_words(text, foreign):
        if (
            main not in word.scripts
            and not word.text.isupper()
            and _is_among(before, after, main)
            and all(char in alphabets.LATIN for char in word.text)
        ):
            yield word.start, word.end


def has_several(chars: Set[str]) -> bool:
    """Return whether letters of several alphabets are among these characters. If not, `edits` finds nothing."""
    return len(_KNOWN.intersection(map(_script, chars))) > 1


def _alphabets(text: str) -> tuple[str, frozenset[str]]:
    """Alphabet of most letters of a text, and the letters of other alphabets. Empty if there is only one."""
    chars = set(text)
    if not has_several(chars):
        return "", frozenset()
    scripts = {char: _script(char) for char in chars}
    present = _KNOWN.intersection(scripts.values())
    counts = dict.fromkeys(alphabets.TO, 0)
    for char, script in scripts.items():
        if script in counts:
            counts[script] += text.count(char)
    main = max(counts, key=counts.__getitem__)
    return main, frozenset(char for char, script in scripts.items() if script in present - {main})


def _foreign_words(text: str, foreign: frozenset[str]) -> Iterator[tuple[Word | None, Word, Word | None]]:
    """Words with foreign letters, each between the words before and after it.

    Only these words are looked at, because a long text has few of them.
    """
    if not foreign:
        return
    letters, end = re.compile(f"[{''.join(sorted(foreign))}]"), 0
    while found := letters.search(text, end):
        start = found.start()
        while start > end and (text[start - 1].isalpha() or "\u0300" <= text[start - 1] <= "\u036f"):
            start -= 1
        if not (word := _WORD.match(text, start)):
            return
        end = word.end()
        before = deque(_WORD.finditer(text, max(start - REACH, 0), start), maxlen=1)
        after = _WORD.search(text, end, end + REACH)
        yield _word(before[0]) if before else None, _word(word), _word(after) if after else None


def _word(found: re.Match[str]) -> Word:
    scripts = frozenset(map(_script, set(found.group()))) - {"Zinh", ""}
    return Word(found.group(), found.start(), found.end(), scripts)


# Cached, because `has_several` calls this for each character of each paragraph.
@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return _VARIANT if char in alphabets.SAME_SCRIPT else tables.script(char)


def _target(word: Word, main: str) -> str:
    """Alphabet in which a mixed word can be written without a visible change, or ""."""
    if len(word.scripts) < 2 or ((roman := _ROMAN.match(word.text)) and roman.end() > 1):
        return ""
    for script in sorted(alphabets.TO, key=lambda script: script != main):
        table = alphabets.TO[script]
        if script in word.scripts and all(
            char in table or _script(char) in (script, "Zinh") for char in word.text
        ):
            return script
    return ""


def _whole(text: str, before: Word | None, word: Word, after: Word | None, main: str) -> str:
    """Alphabet `main` if a short word looks like a word of it and its neighbours are in it, otherwise ""."""
    if len(word.text) > SHORT or not _is_among(before, after, main) or not _is_open(text, word):
        return ""
    if not all(char in alphabets.TO[main] for char in word.text):
        return ""
    if main == "Grek" and _ROMAN.fullmatch(word.text):
        return ""
    return main if main != "Cyrl" or _is_cyrillic(text, word) else ""


def _is_among(before: Word | None, after: Word | None, script: str) -> bool:
    """Return whether a word has neighbours, and all of them have letters of the script."""
    neighbours = [near for near in (before, after) if near is not None]
    return bool(neighbours) and all(script in near.scripts for near in neighbours)


def _is_open(text: str, word: Word) -> bool:
    """Return whether a word is an ordinary word of the sentence, not an example in quotation marks."""
    left, right = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    return (not left or left.isspace()) and (not right or right.isspace() or right in ".,;:!?")


def _is_cyrillic(text: str, word: Word) -> bool:
    """Return whether Latin letters between Cyrillic words stand for a Cyrillic word.

    They need not: Cyrillic texts use Latin letters for numerals, grades, variables and names.
    """
    if word.scripts != {"Latn"}:
        return True
    ends = not text[word.end : word.end + 1].isspace()
    if word.text == "i" and "і" not in text:
        return False
    if word.text.islower():
        return word.text in _CYRILLIC_WORDS and not ends
    left = text[max(word.start - 2, 0) : word.start].rstrip(" ")
    begins = not left or left[-1] in _SENTENCE_END
    return begins and not ends and (word.text in _CAPITALS or word.text in _CYRILLIC_WORDS)


def _is_address(text: str, word: Word) -> bool:
    """Return whether a word is a part of an address, or of a name with digits, such as `a@b.example`."""
    left, right = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    beyond = text[word.end + 1 : word.end + 2]
    return left in _JOINING or (right in _JOINING and beyond.isalnum())
