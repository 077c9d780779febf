"""Invisible characters that scripts need in some positions and watermarks use in others."""

from dataclasses import dataclass

from intake.text.unicode import tables

CURSIVE = frozenset({"Arab", "Syrc", "Mong", "Nkoo", "Adlm"})
INDIC = frozenset(
    {"Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Newa", "Orya", "Sinh", "Taml", "Telu", "Tirh"}
)
SPACELESS = frozenset(
    {"Bali", "Cham", "Java", "Khmr", "Lana", "Laoo", "Mymr", "Tale", "Talu", "Tavt", "Thai", "Tibt"}
)
MODIFIERS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
# England, Scotland, Wales: the only subdivision flags that Unicode recommends (UTS 51, annex B).
SUBDIVISIONS = tuple(
    "".join(chr(0xE0000 + ord(c)) for c in code) + "\U000e007f" for code in ("gbeng", "gbsct", "gbwls")
)
BLACK_FLAG = "\U0001f3f4"
ZWNJ, ZWJ, ZWSP, CGJ = "\u200c", "\u200d", "\u200b", "\u034f"
DIRECTION = frozenset("\u200e\u200f\u061c")
TEXT_STYLE, EMOJI_STYLE, KEYCAP = "\ufe0e", "\ufe0f", "\u20e3"
KEYS = frozenset("0123456789#*")
HAMZA_ABOVE = "\u0654"
JAMO_FILLERS = frozenset("\u115f\u1160")
MONGOLIAN_VOWEL_SEPARATOR = "\u180e"
MONGOLIAN_FINALS = frozenset("\u1820\u1821")


@dataclass(frozen=True, slots=True)
class RunContext:
    """Surroundings of a run of invisible characters: visible neighbours ("" at an edge) and the direction.

    `base` is the last character before the run that is not a combining mark. It equals `left` unless `left`
    is a combining mark.
    """

    left: str
    base: str
    right: str
    right_to_left: bool

    @property
    def script(self) -> str:
        """Script of the left neighbour. A combining mark without a script has the script of its base."""
        own = tables.script(self.left)
        return tables.script(self.base) if own == "Zinh" else own


def needed_part(run: str, place: RunContext) -> str:
    """Part of a run of invisible characters that its surroundings need.

    Each character is judged by its surroundings and by the kept characters before it, never by later
    characters. The function is therefore idempotent.
    """
    flag = _flag(run, place)
    result = ""
    for char in run[len(flag) :] if flag else run:
        if _needed(char, result, place):
            result += char
    return flag + result


def _flag(run: str, place: RunContext) -> str:
    if place.left != BLACK_FLAG:
        return ""
    return next((tags for tags in SUBDIVISIONS if run.startswith(tags)), "")


def _needed(char: str, before: str, place: RunContext) -> bool:
    if char in (ZWNJ, ZWJ):
        return ZWNJ not in before and ZWJ not in before and _joiner(char, before, place)
    if char == ZWSP:
        return char not in before and not SPACELESS.isdisjoint((place.script, tables.script(place.right)))
    if char in DIRECTION:
        return place.right_to_left and DIRECTION.isdisjoint(before)
    if char in JAMO_FILLERS:
        return char not in before and (_is_jamo(place.left) or _is_jamo(place.right))
    if char == CGJ:
        return not before and _is_letter_or_mark(place.left) and place.right in tables.points("mark")
    return _selector(char, before, place)


def _selector(char: str, before: str, place: RunContext) -> bool:
    if "\u180b" <= char <= "\u180f":
        return _mongolian(char, before, place)
    if "\ufe00" <= char <= "\ufe0f":
        return not before and tables.is_variation(place.left, char) and not _is_default(char, place)
    if "\U000e0100" <= char <= "\U000e01ef":
        return not before and tables.script(place.left) == "Hani"
    return False


def _is_default(char: str, place: RunContext) -> bool:
    """Return whether a selector of text or emoji style asks for the style that the character has without it."""
    if place.left in KEYS:
        return not (char == EMOJI_STYLE and place.right == KEYCAP)
    if char == EMOJI_STYLE:
        return place.left in tables.points("colour_emoji") or place.right in MODIFIERS
    return False


def _mongolian(char: str, before: str, place: RunContext) -> bool:
    """Return whether a Mongolian variation selector or vowel separator is needed.

    One selector may follow a letter. One vowel separator may follow the letter or its selector. The separator
    shapes a final A or E only.
    """
    if place.script != "Mong" or MONGOLIAN_VOWEL_SEPARATOR in before:
        return False
    if char == MONGOLIAN_VOWEL_SEPARATOR:
        return place.right in MONGOLIAN_FINALS
    return not before


def _joiner(char: str, before: str, place: RunContext) -> bool:
    if place.left in tables.points("virama"):
        return True
    if place.script in INDIC and tables.script(place.right) in INDIC:
        return _joins_indic(char, place.right)
    if char == ZWNJ:
        return _parts_cursive(place) or _begins_suffix(place)
    return _in_emoji(before, place) or _at_word_edge(place)


def _joins_indic(char: str, right: str) -> bool:
    """Return whether a joiner shapes an Indic letter that has no virama before it.

    Vowel signs and viramas combine with the letter. In Bengali, a ZWNJ separates a vowel letter from the word before it.
    """
    return not _is_letter(right) or (char == ZWNJ and right in tables.points("independent_vowel"))


def _parts_cursive(place: RunContext) -> bool:
    """Return whether the two letters would join without a ZWNJ between them (Unicode, section 9.2)."""
    if place.script not in CURSIVE or place.base not in tables.points("joins_next"):
        return False
    if place.right == HAMZA_ABOVE:
        return True
    return tables.script(place.right) == place.script and place.right in tables.points("joins_previous")


def _begins_suffix(place: RunContext) -> bool:
    """Return whether a cursive suffix follows a number or a foreign word, as in Persian."""
    foreign = place.left.isdigit() or (_is_letter(place.left) and place.script not in CURSIVE)
    return foreign and tables.script(place.right) in CURSIVE and _is_letter(place.right)


def _in_emoji(before: str, place: RunContext) -> bool:
    pictographs = tables.points("pictograph")
    joined = place.left in pictographs or place.left in MODIFIERS or "\ufe0f" in before
    return joined and place.right in pictographs


def _at_word_edge(place: RunContext) -> bool:
    """Return whether the joiner is at one edge of a cursive word, where it shapes the letter.

    Between two letters a joiner has no effect.
    """
    left = place.script in CURSIVE and _is_letter(place.base)
    right = tables.script(place.right) in CURSIVE and _is_letter(place.right)
    if left == right:
        return False
    if left:
        return place.base in tables.points("joins_next")
    return place.right in tables.points("joins_previous")


def _is_letter(char: str) -> bool:
    return char.isalpha()


def _is_letter_or_mark(char: str) -> bool:
    return char.isalpha() or char in tables.points("mark")


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\ua960" <= char <= "\ua97f" or "\ud7b0" <= char <= "\ud7ff"
