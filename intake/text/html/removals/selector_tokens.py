"""Tokens of CSS selectors as tinycss2 returns them: splitting, nesting and trimming before they are parsed."""

from itertools import islice
from typing import Any

from tinycss2.ast import WhitespaceToken

MOST_PARTS = 50
"""Largest number of selectors of a nested rule, after combination with those of the outer rule."""
_MOST_TOKENS = 200


def nested(tokens: list[Any], around: list[list[Any]] | None) -> list[list[Any]]:
    """Split the selectors of a nested rule, and combine each with the selectors of the outer rule.

    `&` is replaced by the outer selector. Without `&`, the selector applies to descendants of the outer one.
    """
    parts = split(tokens)
    if around is None:
        return parts
    placed = (_inside(outer, part) for outer in map(trimmed, around) for part in map(trimmed, parts))
    return list(islice(placed, MOST_PARTS))


def _inside(outer: list[Any], inner: list[Any]) -> list[Any]:
    places = sum(part == "&" for part in inner)
    if max(places, 1) * len(outer) + len(inner) > _MOST_TOKENS:
        return []
    if not places:
        return [*outer, WhitespaceToken(0, 0, " "), *inner]
    return [one for part in inner for one in (outer if part == "&" else (part,))]


def split(tokens: list[Any]) -> list[list[Any]]:
    """Split tokens at commas."""
    parts: list[list[Any]] = [[]]
    for part in tokens:
        if part == ",":
            parts.append([])
        elif part.type != "comment":
            parts[-1].append(part)
    return parts


def without_namespace(tokens: list[Any]) -> list[Any]:
    """Tokens of a compound without `*|` or a prefix of a namespace. All elements of a page have the same namespace."""
    for place, part in enumerate(tokens[:2]):
        if part == "|":
            return tokens[place + 1 :]
    return tokens


def trimmed(tokens: list[Any]) -> list[Any]:
    """Tokens without white space at both ends."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].type == "whitespace":
        start += 1
    while start < end and tokens[end - 1].type == "whitespace":
        end -= 1
    return tokens[start:end]
