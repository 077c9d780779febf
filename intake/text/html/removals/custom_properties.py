"""Custom properties of CSS (`--name`), and their values in place of `var(--name)`.

A value counts for the whole page if the page has only one, or sets one for its root. To find out which elements inherit
which value would take as long as laying out the page.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any, Protocol

import tinycss2

Variables = MutableMapping[str, list[Any]]
"""Name → tokens of its value."""

_ROOTS = frozenset({":root", "html", "body", "*", ":host"})
_MOST_TOKENS = 100
# With these limits, resolving all `var()` of a value takes a few hundred steps at most.
_MOST_VARIABLES = 3
_DEEPEST = 4


class Block(Protocol):
    """Rule of a stylesheet: the tokens of its selectors, and the parts of its block."""

    @property
    def selectors(self) -> list[list[Any]]:
        """Tokens of each selector."""

    @property
    def content(self) -> list[Any]:
        """Declarations and rules of the block."""


def of_page(blocks: Iterable[Block]) -> Variables:
    """Custom properties that have a single value in all rules of a page, or that a rule for the root sets."""
    found: dict[str, dict[str, list[Any]]] = {}
    of_root: dict[str, list[Any]] = {}
    for block in blocks:
        own = of_block(block.content)
        if own and any(tinycss2.serialize(part).strip() in _ROOTS for part in block.selectors):
            of_root |= own
        for name, tokens in own.items():
            found.setdefault(name, {})[tinycss2.serialize(tokens).strip()] = tokens
    single = {name: next(iter(values.values())) for name, values in found.items() if len(values) == 1}
    return single | of_root


def of_block(content: Iterable[Any]) -> dict[str, list[Any]]:
    """Custom properties that a block sets."""
    return {
        one.name: list(one.value)
        for one in content
        if one.type == "declaration" and one.name.startswith("--") and len(one.value) <= _MOST_TOKENS
    }


def filled(tokens: list[Any], variables: Variables, depth: int = 0) -> list[Any] | None:
    """Tokens of a value, with each `var()` replaced. None if a variable is unknown and has no fallback."""
    number = sum(map(_is_variable, tokens))
    if not number:
        return tokens
    if number > _MOST_VARIABLES or depth > _DEEPEST:
        return None
    found: list[Any] = []
    for token in tokens:
        part = _value(token.arguments, variables, depth) if _is_variable(token) else [token]
        if part is None or len(found) > _MOST_TOKENS:
            return None
        found += part
    return found


def _is_variable(token: Any) -> bool:
    return bool(token.type == "function" and token.lower_name == "var")


def _value(arguments: list[Any], variables: Variables, depth: int) -> list[Any] | None:
    names = [token.value for token in arguments if token.type == "ident"]
    if names and names[0] in variables:
        return filled(list(variables[names[0]]), variables, depth + 1)
    comma = next((place for place, part in enumerate(arguments) if part == ","), None)
    return None if comma is None else filled(arguments[comma + 1 :], variables, depth + 1)
