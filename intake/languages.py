"""Languages that a contributor may choose: ISO 639 code → name of the language in that language."""

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
OTHER = "und"  # ISO 639-2: undetermined
NAMES = {**LANGUAGES, OTHER: "Another language"}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ug", "ur"})


def direction(code: str) -> str:
    """Return the writing direction of a language, rtl or ltr.

    Use this where the browser cannot infer the direction from the text, such as a field with HTML source.
    """
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
