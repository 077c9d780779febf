"""Filters of the queue: lane, order, search words and properties."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from intake.lifecycle import LANES
from intake.models.columns import BIGINT_MAX
from intake.text.search import TYPED_CHARACTERS

WAITING_LANES = ("ours", "theirs", "machine", "suspicious")
"""Lanes of submissions that wait for the desk, for the contributor, or for a worker."""
PUBLISHING = "publishing"
"""Lane of submissions that are to be published, or were."""
STATES = ("accepted", "scheduled", "published", "corrected", "retracted")
"""States of a submission in the lane PUBLISHING. Each submission there has one of them."""
READY = "accepted"
"""State of a submission that can be published now."""
SORTS = ("waiting", "newest", "oldest", "due")
MAX_HOURS = 100_000
QUERY_CHARACTERS = 8000
"""Maximum length of a list's query string. Enough for all filters together."""


@dataclass(frozen=True)
class Filters:
    """Filters of the queue. An empty field filters nothing. `lane` is a key of lifecycle.LANES, or "all".

    `state` is one of STATES, and `photos` is yes or no. `claimed` and `assigned` are me, nobody, or an editor's id.
    `due` is week, for the days from Monday to Sunday in UTC, or late, for a due day that is over.
    `hours` is the minimum time that a submission has waited.
    """

    lane: str = "ours"
    sort: str = "waiting"
    q: str = ""
    status: str = ""
    state: str = ""
    section: str = ""
    language: str = ""
    region: str = ""
    tag: str = ""
    photos: str = ""
    claimed: str = ""
    assigned: str = ""
    due: str = ""
    priority: str = ""
    flagged: str = ""
    overdue: str = ""
    hours: int = 0

    @classmethod
    def parse(cls, words: Mapping[str, Any]) -> "Filters":
        """Parse query parameters or a saved view. Unknown names and values are ignored."""
        given = {
            name: str(words.get(name, "")).strip().replace("\0", "")[:TYPED_CHARACTERS]
            for name in FIELD_NAMES
        }
        hours = given.pop("hours")
        known = {name: value if value in CHOICES.get(name, {value}) else "" for name, value in given.items()}
        waited = min(int(hours), MAX_HOURS) if hours.isascii() and hours.isdigit() else 0
        return cls(**known, hours=waited)._consistent()

    @classmethod
    def parse_query(cls, query: str) -> "Filters":
        """Parse the result of `query`. Any other text is also accepted, its unknown parts are ignored."""
        return cls.parse(dict(parse_qsl(query[:QUERY_CHARACTERS])))

    def query(self) -> str:
        """Return the fields as a query string, or "" for the default list of the desk."""
        return "" if self == self.parse({}) else urlencode(self.words())

    def words(self) -> dict[str, str]:
        """Return the fields that are set, as query parameters."""
        return {f.name: str(value) for f in fields(self) if (value := getattr(self, f.name))}

    def narrowed(self) -> dict[str, str]:
        """Return the fields that make the list shorter: all except lane and order."""
        return {name: value for name, value in self.words().items() if name not in {"lane", "sort"}}

    def without(self, *names: str) -> "Filters":
        """Return a copy without these fields."""
        return self.parse({name: value for name, value in self.words().items() if name not in names})

    def _consistent(self) -> "Filters":
        """Return a copy with a consistent lane and order.

        Overdue submissions are in the lane "ours". A status implies its lane, and a state the lane PUBLISHING.
        Without a lane, a search covers all lanes.
        """
        lane = self.lane or ("all" if self.q else "ours")
        if self.status and lane != "all" and self.status not in LANES[lane]:
            lane = next(name for name, statuses in LANES.items() if self.status in statuses)
        if self.overdue:
            lane = "ours"
        state = "" if self.overdue or self.status else self.state
        if state:
            lane = PUBLISHING
        sort = self.sort or ("waiting" if lane == "ours" else "newest")
        if sort == "waiting" and lane not in WAITING_LANES:
            sort = "newest"
        return replace(
            self,
            lane=lane,
            sort=sort,
            state=state,
            claimed=_person(self.claimed),
            assigned=_person(self.assigned),
        )


def _person(asked: str) -> str:
    """Return the filter if it is me, nobody, or an editor's id, else "", which filters nothing."""
    number = asked.isascii() and asked.isdigit() and int(asked) <= BIGINT_MAX
    return asked if asked in {"me", "nobody"} or number else ""


FIELD_NAMES = tuple(f.name for f in fields(Filters))
CHOICES = {
    "lane": {*LANES, "all"},
    "sort": set(SORTS),
    "status": {status for statuses in LANES.values() for status in statuses},
    "state": set(STATES),
    "photos": {"yes", "no"},
    "due": {"week", "late"},
    "priority": {"high"},
    "flagged": {"yes"},
    "overdue": {"yes"},
}
