"""Rules of `<style>` elements, and the declarations that they give to each element of a tree.

Matching takes a time that is linear in the number of elements. `Matcher` walks once through the tree and notes for
each element which compounds of selectors it completes, so no combinator searches backwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import tinycss2

from intake.text.html.removals import custom_properties, declarations, media, selector_tokens, selectors
from intake.text.html.removals.declarations import Declaration
from intake.text.html.removals.siblings import Siblings

MOST_CHARS = 100_000
"""Most characters of all `<style>` elements. The rest is ignored. Word's own styles take up to 70,000."""
MOST_COMPOUNDS = 4_000
MOST_TESTS = 200_000
"""Most tests of an element against a compound. Rules are ignored for the elements after that."""

_MOST_NESTED = 5
_CSS_TYPES = frozenset({"", "text/css"})


Selector = list[Any]
"""Tokens of one selector."""


class _Block(NamedTuple):
    """Selectors of a rule, and the parts of its block."""

    selectors: list[Selector]
    content: list[Any]


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
    blocks: list[_Block] = []
    left = MOST_CHARS
    for element in tree.iter("style"):
        text = (element.text or "")[:left]
        left -= len(text)
        if (
            not text
            or not declarations.is_readable(text)
            or (element.get("type") or "").strip().lower() not in _CSS_TYPES
        ):
            continue
        if media.are_queries_for_screens(element.get("media") or ""):
            parsed = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            blocks += _blocks(parsed, None, 0)
    return _first(_rules(blocks))


def _first(found: Iterable[Rule]) -> list[Rule]:
    """Leading rules, up to `MOST_COMPOUNDS` compounds in total."""
    kept: list[Rule] = []
    compounds = MOST_COMPOUNDS
    for rule in found:
        compounds -= len(rule.chain)
        if compounds < 0:
            break
        kept.append(rule)
    return kept


def _blocks(parsed: list[Any], around: list[Selector] | None, depth: int) -> Iterator[_Block]:
    """Blocks of declarations in a stylesheet, or in a part of one. `around` are the selectors of the rule around it."""
    for one in parsed:
        if depth > _MOST_NESTED:
            return
        if one.type == "qualified-rule":
            chosen: list[Selector] | None = selector_tokens.nested(one.prelude, around)
            content = tinycss2.parse_blocks_contents(one.content, skip_comments=True, skip_whitespace=True)
        elif one.type == "at-rule" and one.content is not None and _holds(one):
            parse = tinycss2.parse_blocks_contents if around else tinycss2.parse_rule_list
            chosen, content = around, parse(one.content, skip_comments=True, skip_whitespace=True)
        else:
            continue
        if chosen:
            yield _Block(chosen, content)
        yield from _blocks([inner for inner in content if inner.type != "declaration"], chosen, depth + 1)


def _holds(rule: Any) -> bool:
    name = rule.lower_at_keyword
    if name in ("media", "supports"):
        return media.is_for_screens(rule.prelude) if name == "media" else media.is_supported(rule.prelude)
    return name in ("layer", "scope")


def _rules(blocks: list[_Block]) -> Iterator[Rule]:
    variables = custom_properties.of_page(blocks)
    for block in blocks:
        said = declarations.read(block.content, variables)
        try:
            chains = selectors.parse(block.selectors) if said else []
        except selectors.Unsupported:
            continue
        for chain in chains:
            yield Rule(chain, said)


class Place(NamedTuple):
    """Bit sets of the compounds that an element, its ancestors and its previous siblings complete."""

    own: int = 0
    ancestors: int = 0
    siblings: int = 0


ROOT = Place()


class _Entry(NamedTuple):
    """Compound in a matcher.

    `bit` is the bit of this compound, `left` that of the one before, 0 if none. Only the last compound has a `rule`.
    """

    bit: int
    left: int
    compound: selectors.Compound
    rule: Matched | None


class Matcher:
    """Rules of a stylesheet, ready to be matched with the elements of a tree in document order."""

    def __init__(self, found: list[Rule]) -> None:
        self._left = MOST_TESTS
        self._siblings = Siblings()
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
        one = selectors.facts(element, self._siblings)
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
