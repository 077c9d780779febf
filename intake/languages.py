"""Languages and text formats that a contributor may choose."""

from typing import Literal, get_args

LANGUAGES = {
    "am": "አማርኛ", "ar": "العربية", "az": "Azərbaycanca", "be": "Беларуская", "bn": "বাংলা", "bo": "བོད་སྐད་",
    "ckb": "کوردیی ناوەندی", "cs": "Čeština", "de": "Deutsch", "el": "Ελληνικά", "en": "English",
    "es": "Español", "fa": "فارسی", "fr": "Français", "he": "עברית", "hi": "हिन्दी", "hu": "Magyar",
    "hy": "Հայերեն", "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語", "ka": "ქართული", "kk": "Қазақша",
    "kk-Arab": "قازاقشا", "kk-Latn": "Qazaqşa", "km": "ខ្មែរ", "kmr": "Kurmancî", "ko": "한국어", "ky": "Кыргызча",
    "lo": "ລາວ", "mn": "Монгол", "mn-Mong": "ᠮᠣᠩᠭᠣᠯ", "my": "မြန်မာ", "ne": "नेपाली", "nl": "Nederlands",
    "pl": "Polski", "ps": "پښتو", "pt": "Português", "ro": "Română", "ru": "Русский", "si": "සිංහල",
    "so": "Soomaali", "sq": "Shqip", "sr": "Српски", "sr-Latn": "Srpski", "sw": "Kiswahili", "ta": "தமிழ்",
    "tg": "Тоҷикӣ", "th": "ไทย", "ti": "ትግርኛ", "tk": "Türkmençe", "tr": "Türkçe", "tt": "Татарча",
    "ug": "ئۇيغۇرچە", "ug-Cyrl": "Уйғурчә", "ug-Latn": "Uyghurche", "uk": "Українська", "ur": "اردو",
    "uz": "Oʻzbekcha", "vi": "Tiếng Việt", "zh": "中文", "zh-Hans": "简体中文", "zh-Hant": "繁體中文",
}  # fmt: skip
"""BCP 47 tag → name of the language in that language. A script is named if it is not the usual one."""
OTHER = "und"  # ISO 639-2: undetermined
UNTOLD = ""
"""The contributor chose no language, so cleaning detects it. Also the result if detection fails."""
NAMES = {**LANGUAGES, OTHER: "Another language"}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "kk-Arab", "ps", "ug", "ur"})

Format = Literal["plain", "light", "verse", "html"]
"""Formats other than `html` are plain text. In `light`, lines that begin with `- ` or `1. ` are lists.

In `verse`, all line breaks and indents are kept. In `plain`, indents are kept where the lines are short.
"""
FORMATS: tuple[Format, ...] = get_args(Format)


def offered() -> dict[str, str]:
    """Languages that a contributor may choose. Chinese is offered by script only."""
    return {code: name for code, name in NAMES.items() if code != "zh"}


def primary(code: str) -> str:
    """Return the language of a tag without its script: `zh` for `zh-Hant`."""
    return code.partition("-")[0]


def within(code: str) -> list[str]:
    """Return the tags that a filter by `code` matches: `zh`, `zh-Hans` and `zh-Hant` for `zh`.

    Source: RFC 4647, section 3.3.1.
    """
    return [code, *(tag for tag in LANGUAGES if tag.startswith(f"{code}-"))]


def fallbacks(code: str) -> list[str]:
    """Return the tags under which to look for something in this language, best first: `zh-Hant`, then `zh`.

    Source: RFC 4647, section 3.4.
    """
    return list(dict.fromkeys([code, primary(code)]))


def settled(chosen: str, told: str) -> str:
    """Return the language to store, from the contributor's choice and the language detected in the text.

    Either may be UNTOLD. A choice is never overruled, but a choice without a script gets the detected script.
    """
    if chosen == UNTOLD:
        return told if told in LANGUAGES else OTHER
    return told if told in LANGUAGES and primary(told) == chosen else chosen


def direction(code: str) -> str:
    """Return the writing direction of a language, rtl or ltr.

    Use this where the browser cannot infer the direction from the text, such as a field with HTML source.
    """
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
