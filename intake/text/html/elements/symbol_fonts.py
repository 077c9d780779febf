"""Characters that look right only in a symbol font: their Unicode equivalents.

Symbol follows Adobe's table (unicode.org, MAPPINGS/VENDORS/ADOBE/symbol.txt), Wingdings its table by Microsoft. Both
fonts also use the private characters U+F020 to U+F0FF. Characters without an entry stay as they are.
"""

import re

_LETTERS = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprVstufcywJjv",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖ",
        strict=True,
    )
)
_SYMBOL = _LETTERS | {
    '"': "∀", "$": "∃", "'": "∋", "*": "∗", "-": "−", "@": "≅", "\\": "∴", "^": "⊥", "~": "∼",
    "\xa1": "ϒ", "\xa2": "′", "\xa3": "≤", "\xa4": "⁄", "\xa5": "∞", "\xa6": "ƒ", "\xa7": "♣", "\xa8": "♦", "\xa9": "♥",
    "\xaa": "♠", "\xab": "↔", "\xac": "←", "\xad": "↑", "\xae": "→", "\xaf": "↓", "\xb0": "°", "\xb1": "±", "\xb2": "″",
    "\xb3": "≥", "\xb4": "×", "\xb5": "∝", "\xb6": "∂", "\xb7": "•", "\xb8": "÷", "\xb9": "≠", "\xba": "≡", "\xbb": "≈",
    "\xbc": "…", "\xbf": "↵", "\xc0": "ℵ", "\xc1": "ℑ", "\xc2": "ℜ", "\xc3": "℘", "\xc4": "⊗", "\xc5": "⊕", "\xc6": "∅",
    "\xc7": "∩", "\xc8": "∪", "\xc9": "⊃", "\xca": "⊇", "\xcb": "⊄", "\xcc": "⊂", "\xcd": "⊆", "\xce": "∈", "\xcf": "∉",
    "\xd0": "∠", "\xd1": "∇", "\xd2": "®", "\xd3": "©", "\xd4": "™", "\xd5": "∏", "\xd6": "√", "\xd7": "⋅", "\xd8": "¬",
    "\xd9": "∧", "\xda": "∨", "\xdb": "⇔", "\xdc": "⇐", "\xdd": "⇑", "\xde": "⇒", "\xdf": "⇓", "\xe0": "◊", "\xe1": "〈",
    "\xe5": "∑", "\xf1": "〉", "\xf2": "∫",
}  # fmt: skip
_WINGDINGS = {
    '"': "✂", "(": "☎", ")": "✆", "*": "✉", "!": "✏", "A": "✌", "C": "👍", "D": "👎", "J": "☺", "K": "😐", "L": "☹",
    "M": "💣", "N": "☠", "R": "☼", "T": "❄", "X": "✠", "Y": "✡", "Z": "☪", "l": "●", "m": "❍", "n": "■", "o": "□",
    "q": "❑", "s": "⬧", "t": "⧫", "u": "◆", "v": "❖", "w": "⬥", "\x80": "⓪", "\x9f": "•", "\xa0": "▪", "\xa1": "○",
    "\xa4": "◉", "\xa7": "▪", "\xa8": "◻", "\xab": "★", "\xb7": "🕐", "\xd8": "➢", "\xdf": "←", "\xe0": "→", "\xe1": "↑",
    "\xe2": "↓", "\xe3": "↖", "\xe4": "↗", "\xe5": "↙", "\xe6": "↘", "\xe8": "➔", "\xef": "⇦", "\xf0": "⇨", "\xf1": "⇧",
    "\xf2": "⇩", "\xf3": "⬄", "\xfb": "✗", "\xfc": "✓", "\xfd": "☒", "\xfe": "☑",
}  # fmt: skip
_WINGDINGS_2 = {"O": "✗", "P": "✓", "Q": "☒", "R": "☑", "S": "☒", "T": "☒", "\x97": "●", "\xa3": "□"}
_WEBDINGS = {"a": "✓", "r": "✗", "3": "◀", "4": "▶", "5": "▲", "6": "▼"}
_FONTS = {
    "symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS,
}  # fmt: skip
_TABLES = {
    name: str.maketrans(table | {chr(0xF000 + ord(char)): seen for char, seen in table.items()})
    for name, table in _FONTS.items()
}
_FIRST = re.compile(r"""[\s"']*([^,"']*)""")


def family(value: str) -> str:
    """Symbol font that a CSS `font-family`, or the `face` of `<font>`, names first. `-` for any other font."""
    found = _FIRST.match(value)
    name = found[1].strip().lower() if found else ""
    return name if name in _TABLES else "-"


def translate(text: str, font: str) -> str:
    """Unicode equivalents of a text in a symbol font. Text in another font is returned unchanged."""
    return text.translate(_TABLES[font]) if font in _TABLES else text
