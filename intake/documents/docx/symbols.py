"""Characters of the symbol fonts Symbol, Wingdings and Webdings in Unicode."""

# Font Symbol: codes from 0x20 here, from 0xA0 below (Adobe's symbol encoding). A space means: not in Unicode.
_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ ⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    0x21: "✏✂✁", 0x28: "☎✆✉", 0x36: "⌛⌨", 0x3E: "✇✍", 0x41: "✌", 0x43: "👍👎☜☞☝☟✋☺😐☹💣☠", 0x51: "✈☼",
    0x54: "❄", 0x56: "✞", 0x58: "✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&●❍■□", 0x71: "❑❒⬧⧫◆❖⬥⌧⍓⌘❀✿❝❞", 0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    0x9E: "·•", 0xA0: "▪○", 0xA4: "◉◎", 0xA7: "▪◻", 0xAA: "✦★✶✴✹✵", 0xB1: "⌖", 0xB5: "✪✰", 0xB7: "🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛",
    0xD5: "⌫⌦", 0xD8: "➢", 0xDC: "➲", 0xDF: "←→↑↓↖↗↙↘", 0xE8: "➔", 0xEF: "⇦⇨⇧⇩⬄⇳⬀⬁⬃⬂", 0xFB: "✗✓☒☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗✓☒☑☒☒", 0x95: "•●", 0xA2: "■□"}
_WEBDINGS = {0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✖", 0x59: "♥"}
_WINGDINGS_3 = {0x21: "→", 0x22: "↑", 0x7D: "▶", 0x70: "▲▼", 0x74: "◀▶", 0x84: "◄"}

_PRIVATE = 0xF000
"""First code of the private use area that symbol fonts use for their characters."""


def _spread(rows: dict[int, str]) -> dict[int, str]:
    return {start + place: char for start, row in rows.items() for place, char in enumerate(row)}


_FONTS = {
    "symbol": {
        code: char for code, char in _spread({0x20: _SYMBOL_LOW, 0xA0: _SYMBOL_HIGH}).items() if char != " "
    },
    "wingdings": _spread(_WINGDINGS),
    "wingdings 2": _spread(_WINGDINGS_2),
    "wingdings 3": _spread(_WINGDINGS_3),
    "webdings": _spread(_WEBDINGS),
}
UNKNOWN = "□"
"""Character for a symbol that is not in the tables."""


def char(font: str, code: int) -> str:
    """Unicode character for a code of a font. Ordinary fonts use Unicode themselves."""
    table = _FONTS.get(font.strip().lower())
    low = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if table is not None and low <= 0xFF:
        return table.get(low) or ("" if low <= 0x20 else UNKNOWN)
    if _is_private(code) or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    return chr(code)


def text(plain: str, font: str, *, is_latin: bool = False) -> str:
    """A text with the characters of a symbol font in the private use area replaced.

    With `is_latin`, the font also applies to Latin letters, so these are replaced by symbols, too.
    """
    table = _FONTS.get(font.strip().lower())
    if table is None:
        return plain
    latin = table if is_latin else {}
    return "".join(
        char(font, ord(one)) if "\uf020" <= one <= "\uf0ff" else latin.get(ord(one), one) for one in plain
    )


def _is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF
