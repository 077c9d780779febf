"""Quotation marks that browsers add to `<q>`, by language (Unicode CLDR 46, delimiters).

Kazakh uses « » as magazines in Kazakhstan do, and does not follow CLDR.
"""

from typing import Any

_DEFAULT = "“”‘’"
_MARKS = {
    "am": "«»‹›", "ar": "”“’‘", "be": "«»„“", "bg": "„“’‘", "ca": "«»“”", "ckb": "«»‹›", "cs": "„“‚‘", "de": "„“‚‘",
    "el": "«»“”", "es": "«»“”", "et": "„“«»", "eu": "«»“”", "fa": "«»‹›", "fi": "””’’", "fr": "«»“”", "he": "””’’",
    "hr": "„“‚‘", "hu": "„”»«", "hy": "«»“”", "is": "„“‚‘", "it": "«»“”", "ja": "「」『』", "ka": "„“‘’", "kk": "«»„“",
    "ky": "«»„“", "lt": "„“‚‘", "mk": "„“‚‘", "nb": "«»‘’", "nn": "«»‘’", "no": "«»‘’", "pl": "„”«»", "ps": "«»‹›",
    "ro": "„”«»", "ru": "«»„“", "sk": "„“‚‘", "sl": "„“‚‘", "sr": "„“‘’", "sv": "””’’", "tg": "«»„“", "ti": "«»‹›",
    "tt": "«»„“", "ug": "«»‹›", "uk": "«»„“", "ur": "”“’‘",
}  # fmt: skip
"""Language → opening and closing mark, then opening and closing mark within another quotation."""
_REGIONS = {
    "de-ch": "«»‹›", "fr-ch": "«»‹›", "it-ch": "«»‹›", "pt-pt": "«»“”",
    "zh-hant": "「」『』", "zh-tw": "「」『』", "zh-hk": "「」『』", "zh-mo": "「」『』",
}  # fmt: skip
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


_OPENING = frozenset("\"'“”„‘‚«»‹›「『")
_CLOSING = frozenset("\"'“”‘’«»‹›」』")


def around(quote: Any) -> tuple[str, str]:
    """Opening and closing mark of a `<q>` element. Marks alternate where quotations are nested.

    Both are empty if the quotation is, or if the author has typed a mark at each end.
    """
    text = "".join(quote.itertext()).strip()
    if not text or (len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING):
        return "", ""
    marks = _by_language(_language(quote))
    inside = sum(1 for _ in quote.iterancestors("q")) % 2
    return marks[2 * inside], marks[2 * inside + 1]


def _language(element: Any) -> str:
    for one in (element, *element.iterancestors()):
        if tag := one.get("lang") or one.get("xml:lang") or one.get(_XML_LANG):
            return str(tag).strip().lower().replace("_", "-")
    return ""


def _by_language(tag: str) -> str:
    parts = tag.split("-")
    by_region = next((_REGIONS[key] for part in parts[1:] if (key := f"{parts[0]}-{part}") in _REGIONS), None)
    return by_region or _MARKS.get(parts[0], _DEFAULT)
