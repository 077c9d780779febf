"""What the queue is asked for: a lane, an order, words, and what must be so of each submission."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from intake.lifecycle import LANES
from intake.models.columns import BIGINT
from intake.text.search import TYPED_CHARACTERS

TURNS = ("ours", "theirs", "machine")
"""The lanes in which somebody waits."""
SORTS = ("waiting", "newest", "oldest")
MOST_HOURS = 100_000


@dataclass(frozen=True)
class Filters:
    """Empty fields ask for nothing. `lane` is one of lifecycle.LANES, or "all".

    `photos` is yes or no; `claimed` me, nobody, or an editor's id; `hours` how long it has waited at least.
    """

    lane: str = "ours"
    sort: str = "waiting"
    q: str = ""
    status: str = ""
    section: str = ""
    language: str = ""
    region: str = ""
    tag: str = ""
    photos: str = ""
    claimed: str = ""
    flagged: str = ""
    overdue: str = ""
    hours: int = 0

    @classmethod
    def parse(cls, words: Mapping[str, Any]) -> "Filters":
        """The words of an address, or of a saved view; what is not known, or cannot be, asks for nothing."""
        given = {
            name: str(words.get(name, "")).strip().replace("\0", "")[:TYPED_CHARACTERS] for name in NAMES
        }
        hours = given.pop("hours")
        known = {name: value if value in CHOICES.get(name, {value}) else "" for name, value in given.items()}
        waited = min(int(hours), MOST_HOURS) if hours.isascii() and hours.isdigit() else 0
        return cls(**known, hours=waited)._settled()

    def words(self) -> dict[str, str]:
        """The fields that ask for something, as words of an address."""
        return {f.name: str(value) for f in fields(self) if (value := getattr(self, f.name))}

    def narrowed(self) -> dict[str, str]:
        """Those that make the list shorter: all but the lane and the order."""
        return {name: value for name, value in self.words().items() if name not in {"lane", "sort"}}

    def without(self, *names: str) -> "Filters":
        """The same without these."""
        return self.parse({name: value for name, value in self.words().items() if name not in names})

    def _settled(self) -> "Filters":
        """Overdue is only what waits for us; a status has its lane; words are looked for everywhere."""
        lane = self.lane or ("all" if self.q else "ours")
        if self.status and lane != "all" and self.status not in LANES[lane]:
            lane = next(name for name, statuses in LANES.items() if self.status in statuses)
        if self.overdue:
            lane = "ours"
        sort = self.sort or ("waiting" if lane == "ours" else "newest")
        if sort == "waiting" and lane not in TURNS:
            sort = "newest"
        return replace(self, lane=lane, sort=sort, claimed=self.claimed if _is_somebody(self.claimed) else "")


def _is_somebody(claimed: str) -> bool:
    number = claimed.isascii() and claimed.isdigit() and int(claimed) <= BIGINT
    return claimed in {"me", "nobody"} or number


NAMES = tuple(f.name for f in fields(Filters))
CHOICES = {
    "lane": {*LANES, "all"},
    "sort": set(SORTS),
    "status": {status for statuses in LANES.values() for status in statuses},
    "photos": {"yes", "no"},
    "flagged": {"yes"},
    "overdue": {"yes"},
}
