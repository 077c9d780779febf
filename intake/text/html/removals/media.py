"""Conditions of CSS rules: media queries, and `@supports`. They are judged for a large screen in light mode."""

import re
from typing import Any

import tinycss2

from intake.text.html.removals import lengths, selector_tokens

_SCREEN_PX = {"width": 1280.0, "height": 720.0}
_HOLDING = frozenset(
    {
        "color", "hover", "any-hover", "pointer", "any-pointer", "width", "height", "resolution", "hover:hover",
        "any-hover:hover", "pointer:fine", "any-pointer:fine", "orientation:landscape", "prefers-color-scheme:light",
        "prefers-reduced-motion:no-preference", "prefers-contrast:no-preference", "prefers-reduced-transparency:no-preference",
        "prefers-reduced-data:no-preference", "forced-colors:none", "inverted-colors:none", "display-mode:browser", "update:fast",
        "scripting:enabled", "color-gamut:srgb", "dynamic-range:standard", "overflow-block:scroll", "overflow-inline:scroll",
        "grid:0", "monochrome:0", "scan:progressive",
    }
)  # fmt: skip
"""Media features that are true on a laptop, written without spaces."""
_LIMIT = re.compile(r"(min|max)-(?:device-)?(width|height):(.+)")
_RANGE = re.compile(r"(?:([^<>=]+)([<>]=?|=))?(width|height)(?:([<>]=?|=)([^<>=]+))?")
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def is_for_screens(prelude: list[Any]) -> bool:
    """Return whether one of the media queries in the prelude of `@media` is true. An empty list is true."""
    queries = [_significant(part) for part in selector_tokens.split(prelude)]
    return queries == [[]] or any(map(_holds, queries))


def are_queries_for_screens(text: str) -> bool:
    """Return whether one of the media queries in a `media` attribute is true."""
    return is_for_screens(tinycss2.parse_component_value_list(text))


def is_supported(prelude: list[Any]) -> bool:
    """Return whether a condition of `@supports` is assumed to be true: always, unless it contains `not`."""
    return not any(token.type == "ident" and token.lower_value == "not" for token in prelude)


def _holds(query: list[Any]) -> bool:
    words = [token.lower_value for token in query if token.type == "ident"]
    features = [_has_feature(token.content) for token in query if token.type == "() block"]
    media = [word for word in words if word not in ("only", "not", "and", "or")]
    holds = media in ([], ["screen"], ["all"]) and (any(features) if "or" in words else all(features))
    return not holds if words[:1] == ["not"] else holds


def _significant(tokens: list[Any]) -> list[Any]:
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def _has_feature(content: list[Any]) -> bool:
    tokens = _significant(content)
    if any(token.type == "() block" for token in tokens):
        return _holds(tokens)
    text = "".join(token.serialize() for token in tokens).lower()
    if text in _HOLDING:
        return True
    if found := _LIMIT.fullmatch(text):
        return _is_within(found[2], ">=" if found[1] == "min" else "<=", found[3])
    found = _RANGE.fullmatch(text)
    if not found:
        return False
    before = not found[1] or _is_within(found[3], _MIRRORED.get(found[2], "="), found[1])
    return before and (not found[4] or _is_within(found[3], found[4], found[5]))


def _is_within(side: str, sign: str, limit: str) -> bool:
    size, screen = lengths.pixels(limit), _SCREEN_PX[side]
    if size is None:
        return False
    if screen == size:
        return sign.endswith("=")
    return screen > size if sign[0] == ">" else sign[0] == "<" and screen < size
