"""Declarations of CSS that can hide words: `display`, `color`, `font-size` and others. `CARRIED` lists others that are kept.

Values are lower-case text. Shorthands are reduced to the property that matters: `font` to `font-size`, `background`
to `background-color`, `inset` to the four sides.
"""

import re
from collections import ChainMap
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from intake.text.html.removals import custom_properties

PROPERTIES = frozenset(
    {
        "display", "visibility", "mso-hide", "content-visibility", "opacity", "filter", "color", "background-color",
        "-webkit-text-fill-color", "-webkit-text-stroke", "text-shadow", "background-clip", "font-size", "position", "left",
        "right", "top", "bottom", "text-indent", "margin-left", "margin-right", "margin-top", "transform", "translate", "scale", "clip",
        "clip-path", "height", "width", "max-height", "max-width", "overflow", "float", "zoom", "letter-spacing", "mask",
        "backface-visibility",
    }
)  # fmt: skip

CARRIED = frozenset(
    {
        "white-space",
        "text-decoration",
        "text-decoration-line",
        "vertical-align",
        "list-style-type",
        "list-style",
        "direction",
    }
)
"""Properties that hide nothing. They are copied from rules into `style` attributes, where later steps read them."""

UNKNOWN = "unknown"
"""Value of `background-color` if the background is a picture or a gradient, whose colour is not known."""

_ALIASES = {
    "-webkit-background-clip": "background-clip", "-webkit-filter": "filter", "-webkit-transform": "transform",
    "-webkit-clip-path": "clip-path", "mask-image": "mask", "-webkit-mask": "mask", "-webkit-mask-image": "mask",
    "-webkit-backface-visibility": "backface-visibility", "overflow-x": "overflow", "overflow-y": "overflow", "block-size": "height",
    "inline-size": "width", "max-block-size": "max-height", "max-inline-size": "max-width", "-webkit-text-stroke-width": "-webkit-text-stroke",
    "margin-inline-start": "margin-left", "inset-inline-start": "left", "inset-block-start": "top", "-khtml-opacity": "opacity",
}  # fmt: skip
_SHORTHANDS = frozenset({"font", "background", "background-image", "inset", "margin"})
_RELEVANT = PROPERTIES | frozenset(_ALIASES) | _SHORTHANDS
_SIDES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
_ORDER = ("top", "right", "bottom", "left")
_LINES = frozenset(
    {"none", "repeat", "repeat-x", "repeat-y", "no-repeat", "scroll", "fixed", "local", "center"}
)


_LIMITED = re.compile(r"[()\[\]{}]|[0-9]{100}")
_DEEPEST = 50
_QUOTED = re.compile(r"""(?<=[:,\s])(?:"[^"\\\n]*"|'[^'\\\n]*')""")
_SPECIAL = re.compile(r"""[\\/"'(){}\[\]@]""")
_VALUE = re.compile(r"([#a-z0-9.%+-]+)\s*(!\s*important)?")


class Declaration(NamedTuple):
    """One property with its value."""

    name: str
    value: str
    important: bool


def is_readable(css: str) -> bool:
    """Return whether the parser can read `css`.

    Brackets in brackets exceed Python's limit of recursion, and long numbers its limit of digits.
    """
    depth = 0
    for found in _LIMITED.findall(css):
        if len(found) > 1:
            return False
        depth += 1 if found in "([{" else -1
        if depth > _DEEPEST:
            return False
    return True


@lru_cache(maxsize=4096)
def inline(style: str) -> tuple[Declaration, ...]:
    """Declarations of a `style` attribute. Cached, because one document repeats the same few values."""
    if (found := _simple(style)) is not None:
        return found
    if not is_readable(style):
        return ()
    return read(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _simple(style: str) -> tuple[Declaration, ...] | None:
    """Declarations of a style whose relevant values are single words. None if it needs a parser.

    Most styles are that simple, and the parser takes ten times as long.
    """
    bare = _QUOTED.sub("", style.lower())
    if _SPECIAL.search(bare):
        return None
    found: list[Declaration] = []
    for part in bare.split(";"):
        name, _, value = part.partition(":")
        name = name.strip()
        if name not in _RELEVANT:
            continue
        word = _VALUE.fullmatch(value.strip())
        if name == "margin" and "-" not in value:
            # Only a negative margin can move words off the screen.
            continue
        if name == "background" and word and word[1] not in _LINES:
            name = "background-color"
        if not word or name not in PROPERTIES:
            return None
        found.append(Declaration(name, word[1], important=word[2] is not None))
    return tuple(found)


def read(parsed: list[Any], variables: custom_properties.Variables | None = None) -> tuple[Declaration, ...]:
    """Declarations among the parts of a block that tinycss2 has parsed. `variables` are custom properties around it."""
    found: list[Declaration] = []
    known = ChainMap(custom_properties.of_block(parsed), variables or {})
    for one in parsed:
        if one.type == "declaration":
            value = custom_properties.filled(one.value, known) or ()
            tokens = [token for token in value if token.type not in ("whitespace", "comment")]
            found += [
                Declaration(name, value, one.important) for name, value in _reduced(one.lower_name, tokens)
            ]
    return tuple(found)


def _reduced(name: str, tokens: list[Any]) -> Iterable[tuple[str, str]]:
    name = _ALIASES.get(name, name)
    if not tokens:
        return
    if name in PROPERTIES or name in CARRIED:
        yield name, _text(tokens)
    elif name == "font":
        yield "font-size", _size(tokens)
    elif name == "background":
        yield "background-color", _background(tokens)
        if any(_is(token, "text") for token in tokens):
            yield "background-clip", "text"
    elif name == "background-image" and not _is(tokens[0], "none"):
        yield "background-color", UNKNOWN
    elif name in ("inset", "margin"):
        prefix = "" if name == "inset" else "margin-"
        for side, place in zip(_ORDER, _SIDES.get(len(tokens), ()), strict=False):
            if f"{prefix}{side}" in PROPERTIES:
                yield f"{prefix}{side}", _text([tokens[place]])


def _text(tokens: list[Any]) -> str:
    return str(" ".join(token.serialize() for token in tokens)).lower()


def _is(token: Any, word: str) -> bool:
    return bool(token.type == "ident" and token.lower_value == word)


def _size(tokens: list[Any]) -> str:
    """Size in a `font` shorthand: the first length, or a zero. A weight such as `700` has no unit."""
    for token in tokens:
        is_zero = token.type == "number" and token.value == 0
        if is_zero or token.type in ("dimension", "percentage"):
            return _text([token])
    return "medium"


def _background(tokens: list[Any]) -> str:
    if any(token.type in ("function", "url") and _is_picture(token) for token in tokens):
        return UNKNOWN
    for token in tokens:
        is_word = token.type == "ident" and token.lower_value not in _LINES
        if is_word or token.type in ("hash", "function"):
            return _text([token])
    return "transparent"


def _is_picture(token: Any) -> bool:
    name = "url" if token.type == "url" else token.lower_name
    return name in ("url", "image-set", "element", "cross-fade", "image") or name.endswith("gradient")
