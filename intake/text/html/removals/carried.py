"""Carry formatting with a meaning from rules of `<style>` elements to words: struck out, raised, right to left …

The values are put into the `style` attribute of each element that a rule selects, because the reader reads only
these attributes. Google Docs and Apple's programs write such rules.
"""

from typing import Any

from intake.text.html.removals import nodes, stylesheet
from intake.text.html.removals.declarations import CARRIED
from intake.text.html.removals.stylesheet import Matched

# Other values, such as `underline` and `nowrap`, say nothing about the words.
_MEANINGS = {
    "white-space": ("pre", "pre-wrap", "pre-line", "break-spaces"),
    "text-decoration": ("line-through",),
    "text-decoration-line": ("line-through",),
    "vertical-align": ("super", "sub"),
    "direction": ("rtl", "ltr"),
    "list-style-type": ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin", "lower-roman", "upper-roman"),
}  # fmt: skip
_MEANINGS["list-style"] = _MEANINGS["list-style-type"]


def over(element: Any, matched: list[Matched]) -> None:
    """Prepend the values of the rules that select an element to its own style, which overrides them."""
    if not any(one.name in CARRIED for found in matched for one in found.rule.declarations):
        return
    values = stylesheet.cascade(matched, None)
    said = [
        f"{name}:{next(word for word in value.split() if word in _MEANINGS[name])}"
        for name, value in values.items()
        if name in _MEANINGS and not set(value.split()).isdisjoint(_MEANINGS[name])
    ]
    if said:
        nodes.set_style(element, ";".join([*said, element.get("style") or ""]))
