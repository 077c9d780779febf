"""Rules for Markdown source before it is parsed: front matter, editors' marks, check boxes."""

import re
from collections import Counter

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"[A-Za-z][\w -]{0,60}:(?:\s|$)")
# CriticMarkup, which Markdown editors write for comments and tracked changes: opening → closing, kind.
_MARKS = {"{>>": ("<<}", "comment"), "{--": ("--}", "deletion")}
_KEPT = re.compile(r"\{\+\+|\+\+\}|\{==|==\}")
_CHECK_BOX = re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[([ xX])\](?=[ \t]\S)", re.MULTILINE)


def without_hidden(text: str, removed: Counter[str]) -> str:
    """Remove front matter, comments and tracked deletions of editors. Counts them in `removed`."""
    found = _FRONT_MATTER.match(text)
    if found and _FIELD.match(found[1]):
        removed["properties"] += 1
        text = text[found.end() :]
    for opening, (closing, kind) in _MARKS.items():
        if opening in text:
            text = _without(text, opening, closing, kind, removed)
    return _KEPT.sub("", text) if "{++" in text or "{==" in text else text


def _without(text: str, opening: str, closing: str, kind: str, removed: Counter[str]) -> str:
    first, *rest = text.split(opening)
    kept = [first]
    for part in rest:
        inside, end, after = part.partition(closing)
        if end:
            removed[kind] += 1
        kept.append(after if end else opening + inside)
    return "".join(kept)


def with_check_boxes(text: str) -> str:
    """Replace `[ ]` and `[x]` at the start of list items with ☐ and ☑."""
    return _CHECK_BOX.sub(lambda found: found[1] + ("☐" if found[2] == " " else "☑"), text)
