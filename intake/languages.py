"""Languages and text formats that a contributor may choose."""

from typing import Literal, get_args

LANGUAGES = {
    "am": "አማርኛ", "ar": "العربية", "az": "Azərbaycanca", "be": "Беларуская", "bn": "বাংলা", "bo": "བོད་སྐད་",
    "ckb": "کوردیی ناوەندی", "cs": "Čeština", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "es": "Español",
    "fa": "فارسی", "fr": "Français", "he": "עברית", "hi": "हिन्दी", "hu": "Magyar", "hy": "Հայերեն",
    "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語", "ka": "ქართული", "kk": "Қазақша", "km": "ខ្មែរ",
    "kmr": "Kurmancî", "ko": "한국어", "ky": "Кыргызча", "lo": "ລາວ", "mn": "Монгол", "my": "မြန်မာ",
    "ne": "नेपाली", "nl": "Nederlands", "pl": "Polski", "ps": "پښتو", "pt": "Português", "ro": "Română",
    "ru": "Русский", "si": "සිංහල", "so": "Soomaali", "sq": "Shqip", "sr": "Српски", "sw": "Kiswahili",
    "ta": "தமிழ்", "tg": "Тоҷикӣ", "th": "ไทย", "ti": "ትግርኛ", "tk": "Türkmençe", "tr": "Türkçe",
    "ug": "ئۇيغۇرچە", "uk": "Українська", "ur": "اردو", "uz": "Oʻzbekcha", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""ISO 639 code → name of the language in that language."""
OTHER = "und"  # ISO 639-2: undetermined
NAMES = {**LANGUAGES, OTHER: "Another language"}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ug", "ur"})

Format = Literal["plain", "light", "html"]
"""`light` is plain text in which lines that begin with `- ` or `1. ` are lists."""
FORMATS: tuple[Format, ...] = get_args(Format)


def direction(code: str) -> str:
    """Return the writing direction of a language, rtl or ltr.

    Use this where the browser cannot infer the direction from the text, such as a field with HTML source.
    """
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
