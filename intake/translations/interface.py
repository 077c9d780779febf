"""Languages in which the pages of contributors and of editors exist, and the choice among them."""

from collections.abc import Collection, Iterable

from intake.languages import LANGUAGES, primary

ENGLISH = "en"
"""Language of the messages in the code."""
INTERFACE = ("en", "ar", "es", "fa", "fr", "it", "kk", "ru", "tr", "ug", "zh-Hans", "zh-Hant")
"""Languages of the contributors' pages as BCP 47 tags, in the order of the language menu."""
NAMES = {code: LANGUAGES[code] for code in INTERFACE}
"""BCP 47 tag → name of the language in its own script."""

DESK = ("en", "fr", "it", "ru", "zh-Hans")
"""Languages of the editors' pages, in the order of the language menu. Each has a complete catalogue `desk.po`."""

# Languages with pages in one of their scripts only. A reader of Kazakh in Arabic script may not read Cyrillic.
SCRIPTS = {"kk": "cyrl", "ug": "arab"}
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
# Maximum number of language tags that are read. Browsers send fewer. The rest is ignored.
MOST_TAGS = 30


def path(code: str) -> str:
    """Return a language as the first part of a path, such as `zh-hans`."""
    return code.lower()


def by_path(part: str) -> str | None:
    """Return the language of the first part of a path in any case, or None if no language has this path."""
    return _BY_PATH.get(part.lower())


def locale(code: str) -> str:
    """Return the name of a language in Babel and gettext, such as `zh_Hans`.

    English uses British dates, because the messages have British spelling.
    """
    return "en_GB" if code == ENGLISH else code.replace("-", "_")


def by_locale(name: str) -> str:
    """Return the language of a locale name such as `zh_Hans`. English for an unknown name."""
    return _BY_LOCALE.get(name, ENGLISH)


def preferred(tags: Iterable[str], offered: Collection[str] = ()) -> str:
    """Return the first language of `tags`, the best first, in which the pages are offered. `offered` is empty for all.

    If none matches, returns English if it is offered, otherwise the first offered language.
    """
    return understood(tags, offered) or next(iter(shown(offered)), ENGLISH)


def understood(tags: Iterable[str], offered: Collection[str] = ()) -> str | None:
    """Return the first language of `tags` in which the pages are offered, or None. `offered` is empty for all."""
    for _number, tag in zip(range(MOST_TAGS), tags, strict=False):
        if (found := _match(tag.lower())) and (not offered or found in offered):
            return found
    return None


def shown(offered: Collection[str]) -> list[str]:
    """Return the languages of INTERFACE that are offered, in its order. `offered` is empty for all."""
    return [code for code in INTERFACE if not offered or code in offered]


def _match(tag: str) -> str | None:
    """Return the page language for a BCP 47 tag in small letters, or None. Territories decide only for Chinese."""
    language, *rest = tag.split("-")
    if language == "zh":
        return "zh-Hant" if TRADITIONAL.intersection(rest) and "hans" not in rest else "zh-Hans"
    script = next((part for part in rest[:2] if len(part) == 4 and part.isalpha()), "")
    if script and script != SCRIPTS.get(language, script):
        return None
    return _BY_PATH.get(primary(tag))


_BY_PATH = {path(code): code for code in INTERFACE}
_BY_LOCALE = {locale(code): code for code in INTERFACE}
