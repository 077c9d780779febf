"""Read the properties of a run (`w:rPr`) that matter to a reader: emphasis, visibility, position."""

from functools import lru_cache
from typing import Any

from intake.documents import visibility
from intake.documents.docx.names import OFF, VAL, W14, A, W

Properties = dict[str, Any]
"""Name → value. Only the names that are set: `b`, `i`, `s`, `hidden` (bool), `always_hidden`, `u`, `align`, `color`,
`background`, `points`, `font`, `latin_font` (bool), `char_style`.
"""

TOGGLES = ("b", "i", "s", "hidden")
"""Toggle properties: two levels of styles that both set one cancel each other (ISO/IEC 29500-1, 17.7.3)."""

_TOGGLE = {f"{W}b": "b", f"{W}i": "i", f"{W}strike": "s", f"{W}vanish": "hidden"}
_HIGHLIGHT = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "green": "00ff00", "magenta": "ff00ff", "red": "ff0000",
    "yellow": "ffff00", "white": "ffffff", "darkBlue": "00008b", "darkCyan": "008b8b", "darkGreen": "006400",
    "darkMagenta": "8b008b", "darkRed": "8b0000", "darkYellow": "808000", "darkGray": "a9a9a9", "lightGray": "d3d3d3",
}  # fmt: skip
_WHITE = frozenset({"background1", "light1", "bg1", "lt1"})
_BLACK = frozenset({"text1", "dark1", "tx1", "dk1"})
_SYMBOL_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")
_ALIGN = {"superscript": "sup", "subscript": "sub"}
_FULL = 95_000
"""Transparency in thousandths of a percent from which a text cannot be seen."""


def read(element: Any) -> Properties:
    """Properties of a `w:rPr` element, or none for None."""
    found: Properties = {}
    if element is None:
        return found
    for child in element:
        reader = _READERS.get(child.tag)
        if reader is not None:
            reader(child, found)
    return found


def shading(element: Any) -> str | None:
    """Colour of a `w:shd` element, `unknown` for a pattern, None for no shading."""
    if element is None:
        return None
    pattern, theme = element.get(VAL) or "clear", element.get(f"{W}themeFill") or ""
    if pattern == "nil":
        return None
    if pattern == "solid":
        return visibility.hex_color(element.get(f"{W}color")) or "000000"
    if pattern.startswith("pct") and pattern[3:].isdecimal() and int(pattern[3:]) > 20:
        return visibility.UNKNOWN
    fill = visibility.hex_color(element.get(f"{W}fill"))
    if fill is None and theme:
        return _theme_color(theme) or visibility.UNKNOWN
    return fill


def fill_color(element: Any) -> str | None:
    """Colour of the first fill among the children of a DrawingML element. None if it has no fill."""
    for child in element:
        if child.tag == f"{A}noFill":
            return None
        if child.tag == f"{A}solidFill":
            color = child.find(f"{A}srgbClr")
            scheme = child.find(f"{A}schemeClr")
            if color is not None:
                return visibility.hex_color(color.get("val")) or visibility.UNKNOWN
            return (
                _theme_color(scheme.get("val") or "") if scheme is not None else None
            ) or visibility.UNKNOWN
        if child.tag in _OTHER_FILLS:
            return visibility.UNKNOWN
    return None


_OTHER_FILLS = (f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill")


def _theme_color(name: str) -> str | None:
    return "ffffff" if name in _WHITE else "000000" if name in _BLACK else None


def _toggle(child: Any, found: Properties) -> None:
    found[_TOGGLE[child.tag]] = (child.get(VAL) or "true").lower() not in OFF


def _double_strike(child: Any, found: Properties) -> None:
    found["s"] = found.get("s") or (child.get(VAL) or "true").lower() not in OFF


def _always_hidden(child: Any, found: Properties) -> None:
    found["always_hidden"] = (child.get(VAL) or "true").lower() not in OFF


def _underline(child: Any, found: Properties) -> None:
    found["u"] = (child.get(VAL) or "single").lower() not in OFF


def _align(child: Any, found: Properties) -> None:
    found["align"] = _ALIGN.get(child.get(VAL) or "", "")


def _color(child: Any, found: Properties) -> None:
    theme = child.get(f"{W}themeColor") or ""
    color = visibility.hex_color(child.get(VAL)) or _theme_color(theme)
    if color is not None or not theme:
        found["color"] = color


def _text_fill(child: Any, found: Properties) -> None:
    if child.find(f"{W14}noFill") is not None:
        found["color"] = visibility.TRANSPARENT
    color = child.find(f"{W14}solidFill/*")
    if color is None:
        return
    alpha = color.find(f"{W14}alpha")
    if alpha is not None and _number(alpha.get(f"{W14}val")) >= _FULL:
        found["color"] = visibility.TRANSPARENT
    elif filled := visibility.hex_color(color.get(f"{W14}val")) or _theme_color(color.get(f"{W14}val") or ""):
        found["color"] = filled


def _size(child: Any, found: Properties) -> None:
    value = child.get(VAL) or ""
    # Half points, but Strict Open XML also allows `12pt`.
    found["points"] = _number(value[:-2], 12) if value.endswith("pt") else _number(value, 24) / 2


def _highlight(child: Any, found: Properties) -> None:
    found["highlight"] = _HIGHLIGHT.get(child.get(VAL) or "")


def _shade(child: Any, found: Properties) -> None:
    found["background"] = shading(child)


def _fonts(child: Any, found: Properties) -> None:
    for name in _SYMBOL_FONTS:
        if font := child.get(W + name):
            found["font"] = font
            found["latin_font"] = name in ("ascii", "hAnsi")
            return


def _char_style(child: Any, found: Properties) -> None:
    found["char_style"] = child.get(VAL) or ""


@lru_cache(maxsize=256)
def _number(value: str | None, other: float = 0) -> float:
    plain = value or ""
    return float(plain[:9]) if plain[:9].isascii() and plain[:9].isdecimal() else other


_READERS = {
    **dict.fromkeys(_TOGGLE, _toggle),
    f"{W}dstrike": _double_strike,
    f"{W}specVanish": _always_hidden,
    f"{W}u": _underline,
    f"{W}vertAlign": _align,
    f"{W}color": _color,
    f"{W14}textFill": _text_fill,
    f"{W}sz": _size,
    f"{W}highlight": _highlight,
    f"{W}shd": _shade,
    f"{W}rFonts": _fonts,
    f"{W}rStyle": _char_style,
}
