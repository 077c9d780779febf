"""What the queue is narrowed by, as words, each with the filters that are left without it."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake import wording
from intake.languages import NAMES
from intake.queue.filters import Filters


@dataclass(frozen=True)
class Chip:
    """`words` is what is said of it; `left` the words of the address without it."""

    kind: str
    words: str
    left: dict[str, str]


def chips(filters: Filters, people: Mapping[int, str]) -> list[Chip]:
    """One for each filter that is on, in the order of the form; `people` are names by id."""
    return [
        Chip(*_said(name, value, people), filters.without(name).words())
        for name, value in filters.narrowed().items()
    ]


def _said(name: str, value: str, people: Mapping[int, str]) -> tuple[str, str]:
    """What kind of filter it is, and its value."""
    if name in PLAIN:
        return PLAIN[name], {"photos": PHOTOS}.get(name, {}).get(value, value)
    if name == "status":
        return "Status", wording.STATUS[value]
    if name == "language":
        return "Language", NAMES.get(value, value)
    if name == "claimed":
        return "Claimed by", _claimant(value, people)
    if name == "hours":
        return "Waiting", f"{value} hours or more"
    return "Only", {"flagged": "to be looked at twice", "overdue": "overdue"}[name]


def _claimant(value: str, people: Mapping[int, str]) -> str:
    return {"me": "me", "nobody": "nobody"}.get(value) or people.get(int(value), "somebody else")


PLAIN = {"q": "Search", "section": "Section", "region": "Region", "tag": "Tag", "photos": "Photos"}
PHOTOS = {"yes": "with", "no": "without"}
