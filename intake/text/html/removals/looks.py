"""Computed look of words (size, colour, background, visibility), from CSS values and inheritance."""

from typing import Any, NamedTuple

from intake.text.html.removals import colors, lengths
from intake.text.html.removals.colors import Color
from intake.text.html.removals.declarations import UNKNOWN

TINY_PX = 1.5
"""Font size in pixels up to which words are unreadable. Covers 1 pixel and 1 point (1.33 pixels)."""
CLEAR = 0.05
"""Largest opacity at which words are invisible."""

_INHERIT = ("inherit", "unset", "revert", "revert-layer")
_NOTHING = ("none", "0", "0px", "initial", "unset", "inherit")
BY_ATTRIBUTES = frozenset({"a", "mark", "font", "body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"})
"""Elements whose look depends on their tag or on attributes such as `bgcolor`, not only on styles."""


class Look(NamedTuple):
    """Looks of the words that stand directly in an element.

    `color` is None if it is not known. `background` is None if a picture or an unknown colour lies behind.
    `is_page` is true if no element around has a background, so the page is assumed to be white.
    `is_default` is true if no element sets the colour. `is_painted` is true if something else than the colour
    draws the letters: a shadow, a stroke, or a background that is cut to their shape.
    """

    visible: bool = True
    size: float = lengths.ROOT_PX
    color: Color | None = colors.BLACK
    fill: Color | None = None
    background: Color | None = colors.WHITE
    is_page: bool = True
    is_default: bool = True
    is_painted: bool = False
    opacity: float = 1.0

    @property
    def is_unreadable(self) -> bool:
        """Return whether the words are invisible on any background."""
        if not self.visible or self.size <= TINY_PX:
            return True
        ink = self.fill or self.color
        return not self.is_painted and ink is not None and ink.alpha <= CLEAR

    @property
    def has_color_of_background(self) -> bool:
        """Return whether the words have the colour of what lies behind them."""
        ink = self.fill or self.color
        if ink is None or self.background is None or self.is_painted:
            return False
        return colors.distance(colors.over(ink, self.background), self.background) <= colors.NEAR

    @property
    def is_dark(self) -> bool:
        """Return whether the words are surely meant for a light page."""
        if self.is_default:
            return True
        ink = self.fill or self.color
        return ink is not None and ink != colors.LINK and colors.distance(ink, colors.WHITE) > 128


PLAIN = Look()


def of(element: Any, values: dict[str, str], parent: Look) -> Look:
    """Look of an element. `values` are its CSS properties, `parent` is the look that it inherits."""
    look = _of_tag(element, parent)
    if not values:
        return look
    if "color" in values:
        look = _colored(look, values["color"], parent)
    if (background := values.get("background-color")) is not None:
        look = _backed(look, background)
    if "-webkit-text-fill-color" in values:
        fill = values["-webkit-text-fill-color"]
        look = look._replace(fill=parent.fill if fill in _INHERIT else colors.read(fill))
    if _is_painted(values):
        look = look._replace(is_painted=True)
    if (visibility := values.get("visibility")) in ("visible", "initial", "hidden", "collapse"):
        look = look._replace(visible=visibility in ("visible", "initial"))
    if (size := values.get("font-size")) is not None:
        look = look._replace(size=lengths.font_size(size, parent.size))
    if (share := opacity(values)) < 1:
        look = look._replace(opacity=parent.opacity * share)
    return look


def opacity(values: dict[str, str]) -> float:
    """Opacity of an element, 0 to 1, by `opacity` and `filter`."""
    share = _share(values.get("opacity", "1"))
    text = values.get("filter", "")
    if "opacity" in text:
        inner = text.partition("opacity")[2].lstrip(" (=").partition(")")[0].strip()
        # Old Internet Explorer syntax, `alpha(opacity=0)`, has values from 0 to 100.
        share *= _share(f"{inner}%" if "=" in text and not inner.endswith("%") else inner)
    return share


def _share(value: str) -> float:
    number, is_percent = (value[:-1], True) if value.endswith("%") else (value, False)
    if number.startswith("calc("):
        number = number[5:].rstrip(")").strip()
    try:
        found = float(number[:20]) / (100 if is_percent else 1)
    except ValueError:
        return 1.0
    return min(max(found, 0.0), 1.0)


def _of_tag(element: Any, parent: Look) -> Look:
    """Look of an element before its CSS: tags such as `<a href>` and old attributes such as `bgcolor` set colours."""
    tag = element.tag
    if tag not in BY_ATTRIBUTES:
        return parent
    if tag == "a":
        return (
            parent._replace(color=colors.LINK, fill=None, is_default=False) if element.get("href") else parent
        )
    if tag == "mark":
        return parent._replace(color=colors.BLACK, background=colors.YELLOW, is_page=False)
    if tag == "font" and (found := colors.attribute(element.get("color"))):
        return parent._replace(color=found, is_default=False)
    if found := colors.attribute(element.get("bgcolor")):
        parent = parent._replace(background=found, is_page=False)
    if tag == "body" and (found := colors.attribute(element.get("text"))):
        parent = parent._replace(color=found, is_default=False)
    return parent._replace(background=None, is_page=False) if element.get("background") else parent


def _colored(look: Look, value: str, parent: Look) -> Look:
    if value in _INHERIT:
        return look._replace(color=parent.color, is_default=parent.is_default)
    if value in ("currentcolor", "auto"):
        return look
    if value in ("initial", "-webkit-text", "text"):
        return look._replace(color=colors.BLACK, is_default=True)
    return look._replace(color=colors.read(value), is_default=False)


def _backed(look: Look, value: str) -> Look:
    if value in ("transparent", "initial", "unset", "none", "auto", "revert", "inherit"):
        return look
    found = None if value == UNKNOWN else colors.read(value)
    if found is None:
        return look._replace(background=None, is_page=False)
    if found.alpha == 0:
        return look
    if found.alpha < 1:
        found = colors.over(found, look.background) if look.background else None
    return look._replace(background=found, is_page=False)


def _is_painted(values: dict[str, str]) -> bool:
    if "text" in values.get("background-clip", ""):
        return True
    return any(values.get(name, "none") not in _NOTHING for name in ("text-shadow", "-webkit-text-stroke"))
