"""Properties that a text inherits from the elements around it: formatting, link, white space, direction."""

from typing import Any, NamedTuple

from intake.text.html import styles
from intake.text.html.elements import symbol_fonts

_SPACES = {"normal": "", "pre-line": "pre-line", "pre-wrap": "pre-wrap", "pre": "pre-wrap"}


class InlineContext(NamedTuple):
    """Formatting, link target and blocks that apply to the text at one position of the tree.

    `space` is `pre-wrap` or `pre-line` where line breaks are kept. `font` is a symbol font. `direction` is that of
    the blocks, if it is explicit: `rtl`, `ltr` or `auto`. All three may be empty.
    """

    marks: frozenset[str] = frozenset()
    href: str | None = None
    leaf: str = "p"
    in_item: bool = False
    space: str = ""
    font: str = ""
    direction: str = ""


def enter(context: InlineContext, element: Any, style: styles.Style, *, is_block: bool) -> InlineContext:
    """Context inside an element. The direction of an element within a line is not that of its block."""
    named = element.get("dir") if is_block else None
    if style is styles.PLAIN and not named and (is_block or element.tag != "font"):
        return context
    marks, href, leaf, in_item, space, font, direction = context
    if named or (is_block and style.direction):
        named = (named or "").strip().lower()
        direction = named if named in ("rtl", "ltr", "auto") else style.direction or direction
    if style.space:
        space = _SPACES[style.space]
    own_font = style.font
    if element.tag == "font" and (face := element.get("face")):
        own_font = symbol_fonts.family(face)
    if own_font:
        font = "" if own_font == "-" else own_font
    # Not `_replace`, which takes twice as long: texts from Word have a style on each element.
    return InlineContext(marks, href, leaf, in_item, space, font, direction)


def within(context: InlineContext, leaf: str) -> InlineContext:
    """Context for text of a leaf with this tag."""
    return context if context.leaf == leaf else context._replace(leaf=leaf)


def linked(context: InlineContext, href: str | None) -> InlineContext:
    """Context in a link."""
    return InlineContext(context.marks, href, *context[2:])


def formatted(context: InlineContext, marks: frozenset[str]) -> InlineContext:
    """Context with other formatting."""
    return context if marks == context.marks else InlineContext(marks, *context[1:])


def marked(context: InlineContext, style: styles.Style) -> InlineContext:
    """Context with the formatting of a `style` attribute."""
    if not style.adds and not style.drops:
        return context
    return formatted(context, (context.marks | style.adds) - style.drops)
