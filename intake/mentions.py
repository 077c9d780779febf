"""Whom a note calls: @ and a name, or its first word where only one person has it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence


def mentioned(text: str, people: Mapping[int, str]) -> list[int]:
    """Ids of those of `people` (id → name) whom `text` calls, in their order. Case does not matter."""
    said = text.casefold()
    firsts = Counter(_first(name) for name in people.values())
    return [number for number, name in people.items() if name and _calls(said, name, firsts)]


def _calls(said: str, name: str, firsts: Counter[str]) -> bool:
    whole, first = name.casefold(), _first(name)
    return _at(said, whole) or (firsts[first] == 1 and _at(said, first))


def _at(said: str, name: str) -> bool:
    """Whether `@name` stands in the text, and not as the beginning of a longer word."""
    place = said.find(f"@{name}")
    while place >= 0:
        after = said[place + 1 + len(name) :][:1]
        if not after.isalnum():
            return True
        place = said.find(f"@{name}", place + 1)
    return False


def _first(name: str) -> str:
    return name.casefold().split()[0] if name.split() else ""


def parts(text: str, names: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it calls one of `names`, by the whole name or its first word."""
    called = sorted({word for name in names for word in (name, *name.split()[:1])}, key=len, reverse=True)
    if not called:
        return [(text, False)]
    pattern = re.compile(f"(@(?:{'|'.join(map(re.escape, called))})(?!\\w))", re.IGNORECASE)
    return [(part, bool(n % 2)) for n, part in enumerate(pattern.split(text)) if part]
