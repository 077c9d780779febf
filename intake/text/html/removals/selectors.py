"""Selectors of CSS, reduced to those that can be tested in constant time for an element.

A selector is a chain of compounds (`p.note`), each bound to the one before by a combinator (space, `>`, `+`, `~`).
Selectors with other pseudo-classes than those in `_STATES`, `_PLACES` and `_NUMBERS` are ignored. Most of
them need a user or a mouse, and testing `:has()` takes time that grows with the page.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from tinycss2.nth import parse_nth

from intake.text.html.removals import nodes, selector_tokens
from intake.text.html.removals.siblings import SiblingOrder, Siblings


class Facts(NamedTuple):
    """Element with its id and its classes, which many tests ask for, and the siblings of the tree."""

    element: Any
    tag: str
    id: str | None
    classes: frozenset[str]
    siblings: Siblings

    @property
    def order(self) -> SiblingOrder:
        """Numbers of the element among its siblings."""
        return self.siblings.order(self.element)


Test = Callable[[Facts], bool]
Specificity = tuple[int, int, int]

MOST_PARTS = 50
"""Largest number of parts of a selector, and of alternatives in `:not()` and `:is()`. Longer ones are ignored."""

# Pseudo-classes that are taken to match no element. Most of them need a user's action.
_STATES = frozenset(
    {"hover", "focus", "focus-within", "focus-visible", "active", "visited", "target", "checked", "disabled"}
)
_PLACES: dict[str, Test] = {
    "first-child": lambda one: one.element.getprevious() is None,
    "last-child": lambda one: one.element.getnext() is None,
    "only-child": lambda one: one.element.getprevious() is None and one.element.getnext() is None,
    "first-of-type": lambda one: one.order.of_type == 1,
    "last-of-type": lambda one: one.order.of_type_from_end == 1,
    "only-of-type": lambda one: one.order.of_type == one.order.of_type_from_end == 1,
    "root": lambda one: one.element.getparent() is None,
    "link": lambda one: one.tag == "a" and one.element.get("href") is not None,
    "any-link": lambda one: one.tag == "a" and one.element.get("href") is not None,
    "empty": lambda one: len(one.element) == 0 and not one.element.text,
}
_NUMBERS: dict[str, Callable[[SiblingOrder], int]] = {
    "nth-child": lambda order: order.number,
    "nth-last-child": lambda order: order.from_end,
    "nth-of-type": lambda order: order.of_type,
    "nth-last-of-type": lambda order: order.of_type_from_end,
}
_ATTRIBUTE_TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda found, wanted: found == wanted,
    "~=": lambda found, wanted: bool(wanted) and wanted in found.split(),
    "|=": lambda found, wanted: found == wanted or found.startswith(f"{wanted}-"),
    "^=": lambda found, wanted: bool(wanted) and found.startswith(wanted),
    "$=": lambda found, wanted: bool(wanted) and found.endswith(wanted),
    "*=": lambda found, wanted: bool(wanted) and wanted in found,
}


class Unsupported(Exception):
    """The selector is invalid, or has a part that this module does not support."""


class Compound(NamedTuple):
    """Tests for one element, and how it is bound to the compound before (`""` for the first one).

    `key` is an `#id`, a `.class`, a tag, or `*`: only elements that have it can pass the tests.
    """

    combinator: str
    key: str
    tests: tuple[Test, ...]
    specificity: Specificity
    cost: int
    """Number of tests, including those inside `:is()` and `:not()`."""


def facts(element: Any, siblings: Siblings) -> Facts:
    """Facts about an element that tests need. `siblings` are those of its tree."""
    return Facts(element, element.tag, element.get("id"), nodes.classes(element), siblings)


def keys(one: Facts) -> list[str]:
    """Return the keys of compounds that an element can pass."""
    found = ["*", one.tag, *(f".{name}" for name in one.classes)]
    return [*found, f"#{one.id}"] if one.id else found


def parse(parts: list[list[Any]]) -> list[list[Compound]]:
    """Chains of the selectors of a rule. Raises Unsupported if one of them is invalid, as browsers drop such a rule."""
    chains = []
    for part in parts:
        chain = _chain(part)
        if chain is not None:
            chains.append(chain)
    return chains


def _chain(tokens: list[Any]) -> list[Compound] | None:
    """Compounds of one selector. None if it selects a pseudo-element, which has no words of the text."""
    groups: list[tuple[str, list[Any]]] = [("", [])]
    combinator = ""
    for part in tokens:
        if part.type == "whitespace":
            combinator = combinator or " "
        elif part.type == "literal" and part.value in (">", "+", "~"):
            combinator = part.value
        else:
            if combinator and groups[-1][1]:
                groups.append((combinator, []))
            combinator = ""
            groups[-1][1].append(part)
    if not groups[0][1] or combinator.strip() or len(tokens) > MOST_PARTS:
        raise Unsupported
    if any(one == ":" and other == ":" for one, other in pairwise(groups[-1][1])):
        return None
    return [compound(group, binding) for binding, group in groups]


def compound(tokens: list[Any], combinator: str = "") -> Compound:
    """Parse one compound. Raises Unsupported."""
    reading = _CompoundReading(tokens)
    return Compound(combinator, reading.key, tuple(reading.tests), reading.specificity, reading.cost)


class _CompoundReading:
    """Parser of the tokens of one compound."""

    def __init__(self, tokens: list[Any]) -> None:
        self.key = "*"
        self.tests: list[Test] = []
        self.cost = 1
        self._counts = [0, 0, 0]
        self._rest = list(reversed(selector_tokens.without_namespace(tokens)))
        while self._rest:
            self._part(self._rest.pop())

    @property
    def specificity(self) -> Specificity:
        """Numbers of ids, of classes and of tags."""
        ids, named, tags = self._counts
        return ids, named, tags

    def _part(self, part: Any) -> None:
        if part.type == "ident":
            self._tag(part.lower_value)
        elif part.type == "hash":
            self._id(part.value)
        elif part == ".":
            self._class(self._next("ident").value)
        elif part == ":":
            self._pseudo(self._rest.pop() if self._rest else None)
        elif part.type == "[] block":
            self._counts[1] += 1
            self.tests.append(_attribute(part.content))
        elif part != "*":
            raise Unsupported

    def _next(self, kind: str) -> Any:
        part = self._rest.pop() if self._rest else None
        if part is None or part.type != kind:
            raise Unsupported
        return part

    def _tag(self, tag: str) -> None:
        self._counts[2] += 1
        # Word escapes the colon of its own elements: `o\:p`.
        if self.key == "*":
            self.key = tag
        self.tests.append(lambda one: one.tag == tag)

    def _id(self, name: str) -> None:
        self._counts[0] += 1
        self.key = f"#{name}"
        self.tests.append(lambda one: one.id == name)

    def _class(self, name: str) -> None:
        self._counts[1] += 1
        if not self.key.startswith("#"):
            self.key = f".{name}"
        self.tests.append(lambda one: name in one.classes)

    def _pseudo(self, part: Any) -> None:
        if part is None or part.type not in ("ident", "function"):
            raise Unsupported
        self._counts[1] += 1
        name = part.lower_name if part.type == "function" else part.lower_value
        if name in _STATES:
            self.tests.append(_fails)
        elif name in _PLACES and part.type == "ident":
            self.tests.append(_PLACES[name])
        elif name in _NUMBERS and part.type == "function":
            self.tests.append(_numbered(name, part.arguments))
        elif name in ("not", "is", "where") and part.type == "function":
            self._alternatives(name, part.arguments)
        else:
            raise Unsupported

    def _alternatives(self, name: str, tokens: list[Any]) -> None:
        parts = [selector_tokens.trimmed(part) for part in selector_tokens.split(tokens)]
        if (
            not all(parts)
            or len(tokens) > MOST_PARTS
            or any(one.type == "whitespace" for part in parts for one in part)
        ):
            raise Unsupported
        choices = [compound(part) for part in parts]
        self._counts[1] -= 1
        if name != "where":
            most = max(choice.specificity for choice in choices)
            self._counts = [one + other for one, other in zip(self._counts, most, strict=True)]
        self.cost += sum(choice.cost for choice in choices)
        self.tests.append(lambda one: any(passes(choice, one) for choice in choices) == (name != "not"))


def _numbered(name: str, tokens: list[Any]) -> Test:
    """Test of the position of an element among its siblings, by a formula such as `2n+1`."""
    if (formula := parse_nth(tokens)) is None:
        raise Unsupported
    return partial(_has_number, _NUMBERS[name], *formula)


def _has_number(number: Callable[[SiblingOrder], int], step: int, first: int, one: Facts) -> bool:
    steps = number(one.order) - first
    return steps == 0 if step == 0 else steps % step == 0 and steps // step >= 0


def _fails(_: Facts) -> bool:
    return False


def passes(one: Compound, element: Facts) -> bool:
    """Return whether an element passes all tests of a compound."""
    return all(test(element) for test in one.tests)


def _attribute(content: list[Any]) -> Test:
    tokens = [part for part in content if part.type not in ("whitespace", "comment")]
    if not tokens or tokens[0].type != "ident":
        raise Unsupported
    name = tokens[0].lower_value
    if len(tokens) == 1:
        return lambda one: one.element.get(name) is not None
    if len(tokens) not in (3, 4) or tokens[1].type != "literal" or tokens[1].value not in _ATTRIBUTE_TESTS:
        raise Unsupported
    if tokens[2].type not in ("string", "ident") or (len(tokens) == 4 and tokens[3].type != "ident"):
        raise Unsupported
    wanted, test, ignores_case = tokens[2].value, _ATTRIBUTE_TESTS[tokens[1].value], len(tokens) == 4
    if ignores_case or name in ("type", "align", "dir", "lang"):
        return lambda one: test((one.element.get(name) or "").lower(), wanted.lower())
    return lambda one: one.element.get(name) is not None and test(one.element.get(name), wanted)
