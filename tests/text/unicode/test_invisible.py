import unicodedata
from collections import Counter

import pytest

from intake.text.unicode import invisible
from intake.text.unicode.spaces import Layout

KEPT = {
    "Persian half-space": "می\u200cخواهم",
    "ZWNJ after a virama": "ক্\u200cষ",
    "ZWJ after a virama": "ක්\u200dෂ",
    "ZWJ between Indic letters": "র\u200d্য",
    "ZWJ at the end of an Arabic word": "ه\u200d 1",
    "ZWJ inside emoji": "👩🏽\u200d🚀 and 👁️\u200d🗨️",
    "ZWSP in Thai": "ภาษา\u200bไทย",
    "ZWSP in Khmer": "ភាសា\u200bខ្មែរ",
    "mark of direction in right-to-left text": "שלום (C++)\u200f!",
    "isolate in right-to-left text": "قال \u2066John\u2069 ذلك",
    "isolate in an isolate": "قال \u2067من \u2066John\u2069 لا\u2069",
    "emoji selector": "❤\ufe0f 1\ufe0f\u20e3",
    "variant of a mathematical sign": "\u2229\ufe00",
    "ideographic variation": "葛\U000e0100",
    "flag of Wales": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "Mongolian selector": "ᠠ\u180b ᠨ\u180eᠠ",
    "grapheme joiner before a mark": "a\u034f\u0308",
    "Jamo filler": "\u115f\u1161",
    "tab and newline": "a\tb\n",
    "Persian suffix after a number and after a foreign word": "۱۰\u200cساله IP\u200cها",
    "ZWNJ before hamza": "خانه\u200c\u0654",
    "Bengali vowel letter after a word": "এর\u200cই",
}
CLEANED = {
    "CRLF, CR, VT, FF, LS, PS": ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
    "C1 means Windows-1252": ("\x93a\x94 \x85\x80", "“a” …€"),
    "C1 that means nothing": ("a\x81b", "ab"),
    "C0 and DEL": ("a\x00b\x08c\x1bd\x7fe", "abcde"),
    "byte order mark, word joiner": ("\ufeffa\u2060b\u2064c", "abc"),
    "soft hyphen, fillers, Khmer inherent vowels": ("a\u00adb\u3164c\uffa0d\u17b4e", "abcde"),
    "deprecated and music formats": ("a\u206ab\ufff9c\U0001bca0d\U0001d173e", "abcde"),
    "surrogates and noncharacters": ("a\ud800b\ufdd0c\uffffd\U0010ffffe", "abcde"),
    "overrides": ("a\u202eb\u202dc\u202a\u202b\u202cd", "abcd"),
    "isolates without right-to-left text": ("a\u2066b\u2069", "ab"),
    "isolates that nothing closes": ("ا\u2067ب", "اب"),
    "isolates of a third level": (
        "ا\u2067a\u2067ج\u2067b\u2069ه\u2069c\u2069",
        "ا\u2067a\u2067جbه\u2069c\u2069",
    ),
    "isolates around nothing": ("ا\u2067\u2069ب", "اب"),
    "marks of direction in Latin text": ("a\u200eb\u200fc\u061cd", "abcd"),
    "the second of two marks of direction": ("ا\u200f\u200f!", "ا\u200f!"),
    "ZWNJ after a letter that does not join": ("کار\u200cها", "کارها"),
    "ZWJ after a letter that does not join": ("کار\u200d ها", "کار ها"),
    "ZWNJ between Indic letters": ("ক\u200cখ", "কখ"),
    "mark of direction between two Arabic words": ("سلام \u200fلك", "سلام لك"),
    "isolate around Arabic in Arabic": ("قال \u2067من\u2069 ذلك", "قال من ذلك"),
    "selector of style after a digit": ("1\ufe0e 2\ufe0f", "1 2"),
    "selector of style after an emoji in colour": ("😀\ufe0f", "😀"),
    "unknown ideographic variation": ("葛\U000e01d0 二\U000e0100", "葛 二"),
    "vowel separator before other letters": ("ᠨ\u180eᠮ", "ᠨᠮ"),
    "spaces": ("a  b\u00a0c \u2009d", "a b c d"),
    "look-alikes": ("nо such ꓓay", "no such Day"),
    "hyphens": ("well\u2011known", "well-known"),
    "ZWNJ in Latin text": ("a\u200cb", "ab"),
    "the second ZWNJ": ("می\u200c\u200cخواهم", "می\u200cخواهم"),
    "ZWJ between two Arabic letters": ("ب\u200dت", "بت"),
    "ZWJ in Latin text": ("a\u200db", "ab"),
    "ZWSP in Latin text": ("a\u200bb", "ab"),
    "the second ZWSP": ("ก\u200b\u200bข", "ก\u200bข"),
    "selector on a letter": ("a\ufe0fb\ufe01", "ab"),
    "ideographic selector on a letter, and a second one": (
        "a\U000e0100葛\U000e0100\U000e0101",
        "a葛\U000e0100",
    ),
    "tags that are no flag": ("a\U000e0068\U000e0069🏴\U000e0075", "a🏴"),
    "reserved tags": ("a\U000e01f0\U000e0080b", "ab"),
    "Mongolian selector elsewhere": ("a\u180b\u180eb", "ab"),
    "grapheme joiner elsewhere": ("a\u034fb", "ab"),
    "Jamo filler elsewhere": ("a\u115f\u1160b", "ab"),
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_needed_characters_are_kept(text: str) -> None:
    assert invisible.clean(text).text == unicodedata.normalize("NFC", text)
    assert not invisible.clean(text).removed


@pytest.mark.parametrize(("raw", "expected"), CLEANED.values(), ids=CLEANED)
def test_others_are_removed(raw: str, expected: str) -> None:
    assert invisible.clean(raw).text == expected


def test_says_how_many_of_which_kind() -> None:
    removed = invisible.clean("a\u200bb\u200bc\u202ed\x00e\ufe0ff\u200c").removed
    assert removed == {"zero-width": 2, "direction": 1, "control": 1, "variation": 1, "joiner": 1}


def test_composes_what_an_invisible_character_held_apart() -> None:
    assert invisible.clean("e\u200b\u0301").text == "é"


def test_pieces_are_judged_among_their_neighbours() -> None:
    assert invisible.clean_runs(["می", "\u200c", "خواهم"], Counter()) == ["می", "\u200c", "خواهم"]
    assert invisible.clean_runs(["a", "\u200c", "b"], Counter()) == ["a", "", "b"]


def test_bare_keeps_none() -> None:
    assert invisible.bare("می\u200cخ\u202e\u2066") == "میخ"


@pytest.mark.parametrize(
    "pile", ["\u064b\u0323", "\u0f73", "\u0301\u0323\u0345", "\u0344\u0323", "\u093e\u0323\u0301"]
)
def test_marks_are_put_in_the_order_that_unicode_has(pile: str) -> None:
    raw = "a" + pile * 40
    assert invisible.clean(raw).text == unicodedata.normalize("NFC", raw)


@pytest.mark.parametrize(
    "raw", ["a" + "\u064b\u0323" * 75_000, "a" + "\u0f73" * 100_000, "\u0627\u200c\u0628\n" * 38_000]
)
def test_long_texts_take_no_longer_than_they_are(raw: str) -> None:
    """Test linear running time. Each of these texts would take half a minute if it were quadratic."""
    assert invisible.clean(raw).text


def test_a_space_is_judged_across_runs() -> None:
    assert clean_flow(["a ", " b"]) == ["a ", "b"]
    assert clean_flow(["a", "\u00a0", " b"]) == ["a", " ", "b"]
    assert invisible.clean_runs(["a  ", " b"], Counter(), Layout.KEPT) == ["a  ", " b"]


def test_reports_spaces_and_letters() -> None:
    removed = invisible.clean("This is а small\u00a0town  of well\u2011known men").removed
    assert removed == {"look-alike": 1, "space": 1, "hyphen": 1}


def clean_flow(runs: list[str]) -> list[str]:
    return invisible.clean_runs(runs, Counter(), Layout.FLOW)
