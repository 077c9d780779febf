"""Rules of `<style>` elements, and the declarations that they give to each element of a tree.

Matching takes a time that is linear in the number of elements. `Matcher` walks once through the tree and notes for
each element which compounds of selectors it completes, so no combinator searches backwards.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import tinycss2

from intake.text.html.removals import declarations, lengths, selectors
from intake.text.html.removals.declarations import Declaration

MOST_CHARS = 100_000
"""Most characters of all `<style>` elements. The rest is ignored. Word's own styles take up to 70,000."""
MOST_COMPOUNDS = 4_000
MOST_TESTS = 200_000
"""Most tests of an element against a compound. Rules are ignored for the elements after that."""

_MOST_NESTED = 5
_SCREEN_PX = {"width": 1280.0, "height": 720.0}
_CSS_TYPES = frozenset({"", "text/css"})


class Rule(NamedTuple):
    """Chain of compounds, and the declarations for the elements that it selects."""

    chain: list[selectors.Compound]
    declarations: tuple[Declaration, ...]


class Matched(NamedTuple):
    """Rule that selects an element. Of two rules, the larger one by the first two fields wins."""

    specificity: selectors.Specificity
    number: int
    rule: Rule


def rules(tree: Any) -> list[Rule]:
    """Rules of all `<style>` elements of a tree that can hide words on a screen, in their order."""
    found: list[Rule] = []
    left, compounds = MOST_CHARS, MOST_COMPOUNDS
    for element in tree.iter("style"):
        text = (element.text or "")[:left]
        left -= len(text)
        if (
            not text
            or not declarations.is_readable(text)
            or (element.get("type") or "").strip().lower() not in _CSS_TYPES
        ):
            continue
        media = tinycss2.parse_component_value_list(element.get("media") or "")
        if _is_for_screens(media):
            found += _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), 0)
    kept = []
    for rule in found:
        compounds -= len(rule.chain)
        if compounds < 0:
            break
        kept.append(rule)
    return kept


def _rules(parsed: list[Any], depth: int) -> Iterator[Rule]:
    for one in parsed:
        if one.type == "qualified-rule":
            yield from _rule(one)
        elif one.type == "at-rule" and one.content is not None and depth < _MOST_NESTED:
            name = one.lower_at_keyword
            if name in ("layer", "supports", "scope") or (name == "media" and _is_for_screens(one.prelude)):
                inner = tinycss2.parse_rule_list(one.content, skip_comments=True, skip_whitespace=True)
                yield from _rules(inner, depth + 1)


def _rule(parsed: Any) -> Iterator[Rule]:
    content = tinycss2.parse_blocks_contents(parsed.content, skip_comments=True, skip_whitespace=True)
    if not (said := declarations.read(content)):
        return
    try:
        chains = selectors.parse(parsed.prelude)
    except selectors.Unsupported:
        return
    for chain in chains:
        yield Rule(chain, said)


def _is_for_screens(prelude: list[Any]) -> bool:
    """Return whether one of the media queries holds for a large screen in light mode. An empty list holds."""
    queries = [
        [token for token in part if token.type not in ("whitespace", "comment")]
        for part in selectors.split(prelude)
    ]
    return queries == [[]] or any(map(_holds, queries))


def _holds(query: list[Any]) -> bool:
    words = [token.lower_value for token in query if token.type == "ident"]
    features = [token.content for token in query if token.type == "() block"]
    media = [word for word in words if word not in ("only", "not", "and")]
    holds = media in ([], ["screen"], ["all"]) and all(map(_has_feature, features))
    return not holds if words[:1] == ["not"] else holds


def _has_feature(content: list[Any]) -> bool:
    tokens = [token for token in content if token.type not in ("whitespace", "comment")]
    if not tokens or tokens[0].type != "ident":
        return False
    limit, _, side = tokens[0].lower_value.partition("-")
    if limit not in ("min", "max") or side not in _SCREEN_PX or len(tokens) != 3:
        return False
    size = lengths.pixels(str(tokens[2].serialize()).lower())
    if size is None:
        return False
    return _SCREEN_PX[side] >= size if limit == "min" else _SCREEN_PX[side] <= size


class Place(NamedTuple):
    """Compounds completed around an element, as bits: by it, its ancestors, and the siblings before it."""

    own: int = 0
    ancestors: int = 0
    siblings: int = 0


ROOT = Place()


class _Entry(NamedTuple):
    """Compound in a matcher.

    `bit` is its own bit, `left` that of the compound before (0 if there is none). `rule` is the rule that it completes.
    """

    bit: int
    left: int
    compound: selectors.Compound
    rule: Matched | None


class Matcher:
    """Rules of a stylesheet, ready to be matched with the elements of a tree in document order."""

    def __init__(self, found: list[Rule]) -> None:
        self._left = MOST_TESTS
        self._by_key: dict[str, list[_Entry]] = defaultdict(list)
        bit = 1
        for number, rule in enumerate(found):
            left = 0
            for compound in rule.chain[:-1]:
                self._by_key[compound.key].append(_Entry(bit, left, compound, None))
                left, bit = bit, bit << 1
            last = rule.chain[-1]
            self._by_key[last.key].append(_Entry(0, left, last, Matched(_specificity(rule), number, rule)))

    def match(self, element: Any, parent: Place, previous: Place) -> tuple[Place, list[Matched]]:
        """Match one element, given the places of its parent and of its previous sibling (or ROOT).

        Returns its place and the rules that select it.
        """
        above, beside = parent.own | parent.ancestors, previous.own | previous.siblings
        before = {" ": above, ">": parent.own, "+": previous.own, "~": beside}
        own = 0
        found: list[Matched] = []
        one = selectors.facts(element)
        for key in selectors.keys(one):
            for bit, left, compound, rule in self._by_key.get(key, ()):
                if left and not before[compound.combinator] & left:
                    self._left -= 1
                    continue
                self._left -= compound.cost
                if self._left < 0:
                    return Place(own, above, beside), found
                if selectors.passes(compound, one):
                    own |= bit
                    if rule:
                        found.append(rule)
                        self._left -= len(rule.rule.declarations)
        return Place(own, above, beside), sorted(found, key=_ORDER)


_ORDER = itemgetter(0, 1)


def _specificity(rule: Rule) -> selectors.Specificity:
    ids, named, tags = (sum(parts) for parts in zip(*(one.specificity for one in rule.chain), strict=True))
    return ids, named, tags


def cascade(matched: list[Matched], style: str | None) -> dict[str, str]:
    """Values of the properties of an element, by the rules that select it and its `style` attribute."""
    if not matched:
        return _inline(style) if style else {}
    said = [one for found in matched for one in found.rule.declarations]
    return _winners((*said, *(declarations.inline(style) if style else ())))


@lru_cache(maxsize=4096)
def _inline(style: str) -> dict[str, str]:
    return _winners(declarations.inline(style))


def _winners(said: tuple[Declaration, ...]) -> dict[str, str]:
    values = {one.name: one.value for one in said if not one.important}
    return values | {one.name: one.value for one in said if one.important}
