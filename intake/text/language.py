"""Language detection by script, distinctive letters and the commonest words.

Works offline, and returns None if the language is uncertain. On the Universal Declaration of Human Rights, it
recognises all 27 tested languages. Of their single paragraphs, it recognises 95 %.
"""

import re
from collections import Counter
from functools import cache

from intake.text.language_profiles import LETTERS, WORDS
from intake.text.unicode import tables

SAMPLE = 6_000
MIN_LETTERS = 20
MIN_SHARE = 0.6
# Minimum score. One word in twelve is the lowest share of function words that a language has in its Universal
# Declaration.
MIN_WORDS = 0.08
MARGIN = 1.25
# Weight of distinctive letters. They count more than words, because related languages may share words.
OWN = 2

BY_SCRIPT = {
    "Hira": "ja", "Kana": "ja", "Hang": "ko", "Hani": "zh", "Thai": "th", "Laoo": "lo", "Khmr": "km", "Mymr": "my",
    "Tibt": "bo", "Geor": "ka", "Armn": "hy", "Hebr": "he", "Ethi": "am", "Sinh": "si", "Taml": "ta", "Telu": "te",
    "Knda": "kn", "Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Orya": "or", "Beng": "bn", "Thaa": "dv", "Java": "jv",
    "Grek": "el", "Mong": "mn",
}  # fmt: skip
_WORD = re.compile(r"[^\s.,;:!?()\[\]«»“”\"،؛؟।]+")


def guess(text: str) -> str | None:
    """BCP 47 tag such as `kk`, or None if the text is short, mixed or in an unknown language."""
    sample = text[:SAMPLE].lower()
    # 6,000 characters contain about a hundred different characters. Each of these is looked up once.
    chars, scripts = Counter(sample), Counter[str]()
    for char, times in chars.items():
        if char.isalpha() and (script := tables.script(char)):
            scripts[script] += times
    total = scripts.total()
    if total < MIN_LETTERS and not scripts.keys() & BY_SCRIPT.keys():
        return None
    if total and (scripts["Hira"] + scripts["Kana"]) / total > 0.1:
        return "ja"
    leading, letters = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    if not total or letters / total < MIN_SHARE:
        return None
    return BY_SCRIPT.get(leading) or _by_words(sample, chars, leading)


def _by_words(sample: str, chars: Counter[str], script: str) -> str | None:
    words = Counter(_WORD.findall(sample))
    profiles = WORDS.get(script, {})
    ranked = sorted(((_score(chars, words, script, tag), tag) for tag in profiles), reverse=True)
    if not ranked or ranked[0][0] < MIN_WORDS:
        return None
    runner_up = ranked[1][0] if len(ranked) > 1 else 0
    return ranked[0][1] if ranked[0][0] >= MARGIN * runner_up else None


@cache
def _common(script: str, tag: str) -> frozenset[str]:
    return frozenset(WORDS[script][tag].split())


def _score(chars: Counter[str], words: Counter[str], script: str, tag: str) -> float:
    """Share of common words of the language, plus the weighted share of its distinctive letters."""
    common = sum(words[word] for word in _common(script, tag)) / max(words.total(), 1)
    own = sum(chars[letter] for letter in LETTERS.get(script, {}).get(tag, "")) / max(chars.total(), 1)
    return common + OWN * own
