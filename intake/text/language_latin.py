"""Languages in Latin letters that CLD2 does not know.

CLD2 knows Kazakh in Cyrillic letters and Uyghur in Arabic letters only. A Latin text that fits no language well is
rewritten in those letters and read again. Kurmanji is recognized, and Indonesian told from Malay, by common words.
"""

import re
from collections.abc import Callable, Iterator

# Nearly all paragraphs of the Universal Declaration in a language that CLD2 knows score more than this.
WELL_KNOWN = 900
# Minimum scores after rewriting, and the factor by which they must exceed the score before rewriting.
KAZAKH, UYGHUR, FACTOR = 400, 700, 1.3
# Lowest share of the words below in nearly all paragraphs of Kurmanji.
KURMANJI_SHARE = 0.2

WORDS = {
    "kmr": "û ku ji bi jî xwe heye hene wê wî wan ew ev min dibe dike bike hat hatin kir kirin kes her an yan ya yê yên bo li di ne tu",
    "id": "bahwa karena bisa kantor polisi uang mobil anda kalian cuma gimana banget nggak enggak kapan ketika kemarin",
    "ms": "bahawa kerana wang polis kereta awak ialah kerajaan semalam hendaklah sesiapa tiada sekiranya mestilah",
}  # fmt: skip
"""Language → common words that its neighbours lack."""
KURMANJI_LETTERS = frozenset("êîû")
# Serbian seldom has this syllable. Bosnian and Croatian have it once in this many letters or more often.
_IJEKAVIAN, IJEKAVIAN_LETTERS = re.compile("[vmpdt]je"), 500

_COMMON = {tag: frozenset(words.split()) for tag, words in WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_PAIRS = {
    "zh": "ж", "sh": "ш", "ch": "ш", "gh": "ғ", "ng": "ң", "kh": "х", "ts": "ц", "ya": "я", "yu": "ю", "ia": "я", "iu": "ю",
}  # fmt: skip
# Letters of the alphabets of 2018 and 2021, of an older one with w and ï, and of everyday spelling.
_KAZAKH = dict(
    zip(
        "aäáəbcçdeéfgğǵhijklmnñńoöóøpqrstşuūúüvwxzïý",
        "аәәәбцшдеефгғғһіжклмнңңоөөөпқрстшуұүүвухзиу",
        strict=True,
    )
)
# The alphabets disagree on the letters for ы, и and й.
_KAZAKH_ALPHABETS = tuple(
    str.maketrans(_KAZAKH | other)
    for other in ({"y": "ы", "ı": "й"}, {"y": "й", "ı": "ы"}, {"y": "ы", "i": "и"})
)
_UYGHUR_PAIRS = {"sh": "ش", "ch": "چ", "zh": "ژ", "gh": "غ", "ng": "ڭ"}
_UYGHUR = str.maketrans("abptjxdrzsfqkglmnhouöüwéëiyevğñşç", "ابپتجخدرزسفقكگلمنھوۇۆۈۋېېىيەۋغڭشچ")
_VOWEL_FIRST = re.compile(r"\b(?=[aeoöuüéëi])")


def better(sample: str, code: str, score: int, rescore: Callable[[str, str], int]) -> str | None:
    """Tag of a language that fits a Latin text better than CLD2's answer `code` with `score`, or None.

    `rescore` returns the score of a text in a language, or 0 if CLD2 detects another language.
    """
    lowered = sample.lower()
    if score < WELL_KNOWN and (found := _unknown_to_cld2(lowered, score, rescore)):
        return found
    if code in {"id", "ms"}:
        return _indonesian_or_malay(lowered)
    if code in {"bs", "hr", "sr"} and len(_IJEKAVIAN.findall(lowered)) * IJEKAVIAN_LETTERS < len(lowered):
        return "sr"
    return None


def _unknown_to_cld2(text: str, score: int, rescore: Callable[[str, str], int]) -> str | None:
    kazakh = max(rescore(rewritten, "kk") for rewritten in _as_kazakh(text))
    uyghur = rescore(_as_uyghur(text), "ug")
    if kazakh >= max(KAZAKH, FACTOR * score) and kazakh > uyghur:
        return "kk"
    if uyghur >= max(UYGHUR, FACTOR * score):
        return "ug"
    return "kmr" if _is_kurmanji(text) else None


def _as_kazakh(text: str) -> Iterator[str]:
    paired = _replaced(text, _KAZAKH_PAIRS)
    return (paired.translate(alphabet) for alphabet in _KAZAKH_ALPHABETS)


def _as_uyghur(text: str) -> str:
    return _replaced(_VOWEL_FIRST.sub("ئ", text), _UYGHUR_PAIRS).translate(_UYGHUR)


def _replaced(text: str, pairs: dict[str, str]) -> str:
    for pair, letter in pairs.items():
        text = text.replace(pair, letter)
    return text


def _indonesian_or_malay(text: str) -> str:
    return "ms" if _common_words(text, "ms") > _common_words(text, "id") else "id"


def _is_kurmanji(text: str) -> bool:
    if KURMANJI_LETTERS.isdisjoint(text):
        return False
    return _common_words(text, "kmr") >= KURMANJI_SHARE * len(_WORD.findall(text))


def _common_words(text: str, tag: str) -> int:
    return sum(word in _COMMON[tag] for word in _WORD.findall(text))
