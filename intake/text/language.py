"""Language of a text, detected from its letters.

CLD2 knows most languages by sequences of four letters. It is compiled into the process and opens no file. Its
gaps are filled here: the script of Kazakh, Uyghur, Mongolian and Chinese, and the languages in `language_latin`.
"""

import re
from collections import Counter
from dataclasses import dataclass

import pycld2

from intake.text import language_latin
from intake.text.unicode import tables

SAMPLE = 6_000
MIN_LETTERS = 12
MIN_SHARE = 0.6
SURE_LETTERS = 60
# Scores of CLD2. Random letters stay below the first. Paragraphs whose language CLD2 gets wrong stay below the second.
MIN_SCORE, SURE_SCORE = 150, 500

# Script → language to assume if CLD2 is silent: it does not know the script, or the text is short.
BY_SCRIPT = {
    "Hira": "ja", "Kana": "ja", "Hang": "ko", "Hani": "zh", "Thai": "th", "Laoo": "lo", "Khmr": "km", "Mymr": "my",
    "Tibt": "bo", "Geor": "ka", "Armn": "hy", "Hebr": "he", "Ethi": "am", "Sinh": "si", "Taml": "ta", "Telu": "te",
    "Knda": "kn", "Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Orya": "or", "Beng": "bn", "Thaa": "dv", "Java": "jv",
    "Grek": "el", "Mong": "mn",
}  # fmt: skip
# CLD2's code → BCP 47.
TAGS = {"iw": "he", "ku": "ckb", "jw": "jv", "zh-Hant": "zh", "no": "nb", "tl": "fil"}
# Language → script → tag, where the script is not the usual one of the language.
BY_LANGUAGE_AND_SCRIPT = {
    "kk": {"Arab": "kk-Arab", "Latn": "kk-Latn"}, "ug": {"Cyrl": "ug-Cyrl", "Latn": "ug-Latn"}, "mn": {"Mong": "mn-Mong"},
    "sr": {"Latn": "sr-Latn"},
}  # fmt: skip
# Letters, marks, joiners and apostrophes. CLD2 raises on control characters and noncharacters.
_WORD = re.compile(rf"[\w{tables.char_class('mark')}\u200c\u200d'’‘ʻʼ`]+")
_NO_LETTERS = re.compile(r"[\d_]+")
_AS_SPACE = {code: " " for code in range(128) if not chr(code).isalpha() and chr(code) not in "'`"}
"""Characters of ASCII that are no part of a word."""
# Answers of CLD2 that are no language of people: unknown, and its jokes. `xx-Java` names a script only.
_NO_LANGUAGE = frozenset({"tlh", "un", "zzb", "zze", "zzh", "zzp"})
# Letters that only Azerbaijani uses together, in Cyrillic. CLD2 knows Azerbaijani in Latin letters only.
_AZERBAIJANI = ("ҝ", "ҹ", "јә")
_ADDRESS = ("://", "@", "www.")


@dataclass(frozen=True)
class Told:
    """Language detected in a text. `tag` is a BCP 47 tag such as `kk-Arab`.

    `sure` is set if the text is long and plainly in one language.
    """

    tag: str
    sure: bool


def guess(text: str) -> str | None:
    """BCP 47 tag such as `kk`, or None if the text is short, mixed or in an unknown language."""
    told = tell(text)
    return told.tag if told else None


def tell(text: str) -> Told | None:
    """Detect the language of a text. Returns None if it is short, mixed or in an unknown language."""
    sample = _letters(text[:SAMPLE])
    scripts = _scripts(sample)
    total = scripts.total()
    if not total:
        return None
    if (scripts["Hira"] + scripts["Kana"]) / total > 0.1:
        return Told("ja", total >= SURE_LETTERS)
    script, letters = scripts.most_common(1)[0]
    if letters / total < MIN_SHARE:
        return None
    found = _identified(sample, script) if total >= MIN_LETTERS else None
    tag = found.tag if found else BY_SCRIPT.get(script)
    if tag is None:
        return None
    return _with_script(sample, tag, script, sure=total >= SURE_LETTERS and found is not None and found.sure)


def prepare() -> None:
    """Load all tables, so that a sandboxed child opens no file."""
    for sample in ("Бұл мәтін қазақ тілінде жазылған", "Bul mätin qazaq tilinde jazylğan", "这们說對"):
        tell(sample)


def _letters(sample: str) -> str:
    """Sample without web addresses, digits and punctuation."""
    if _has_address(sample):
        sample = " ".join(word for word in sample.split() if not _has_address(word))
    if sample.isascii():
        return " ".join(sample.translate(_AS_SPACE).split())
    return " ".join(_WORD.findall(_NO_LETTERS.sub(" ", sample)))


def _has_address(text: str) -> bool:
    return any(sign in text for sign in _ADDRESS)


def _scripts(sample: str) -> Counter[str]:
    if sample.isascii():
        return Counter(Latn=len(sample) - sum(map(sample.count, " '`")))
    # 6,000 characters contain about a hundred different characters. Each of these is looked up once.
    scripts = Counter[str]()
    for char, times in Counter(sample).items():
        if char.isalpha() and (script := tables.script(char)):
            scripts[script] += times
    return scripts


def _identified(sample: str, script: str) -> Told | None:
    found = _cld2(sample)
    if script == "Cyrl" and _is_azerbaijani(sample.lower()):
        return Told("az", sure=False)
    best = language_latin.better(sample, found.code, found.score, _score) if script == "Latn" else None
    if best:
        return Told(best, sure=True)
    if found.score < MIN_SCORE:
        return None
    return Told(TAGS.get(found.code, found.code), found.reliable and found.score >= SURE_SCORE)


def _is_azerbaijani(sample: str) -> bool:
    return any(all(letter in sample for letter in letters) for letters in _AZERBAIJANI)


@dataclass(frozen=True)
class _Found:
    """Answer of CLD2. `score` is per 1,024 bytes of the text."""

    code: str
    score: int
    reliable: bool


def _cld2(sample: str) -> _Found:
    reliable, _, rows = pycld2.detect(sample.encode(), isPlainText=True, bestEffort=True)
    for _, code, percent, score in rows:
        if code not in _NO_LANGUAGE and not code.startswith("xx-"):
            return _Found(code, int(score) * percent // 100, reliable)
    return _Found("", 0, reliable=False)


def _score(sample: str, code: str) -> int:
    found = _cld2(sample)
    return found.score if found.code == code else 0


def _with_script(sample: str, tag: str, script: str, *, sure: bool) -> Told:
    if tag == "zh":
        return _chinese(sample, sure=sure)
    return Told(BY_LANGUAGE_AND_SCRIPT.get(tag, {}).get(script, tag), sure)


def _chinese(sample: str, *, sure: bool) -> Told:
    """Tell simplified from traditional Chinese by the characters that only one of them uses."""
    simplified = sum(map(tables.points("simplified").__contains__, sample))
    traditional = sum(map(tables.points("traditional").__contains__, sample))
    if simplified == traditional:
        return Told("zh", sure=False)
    return Told("zh-Hans" if simplified > traditional else "zh-Hant", sure)
