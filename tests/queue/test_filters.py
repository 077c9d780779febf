import pytest

from intake.lifecycle import LANES
from intake.queue.filters import Filters
from intake.text.search import TYPED_CHARACTERS


def test_the_default_filters_are_our_turn_longest_waiting_first() -> None:
    assert Filters.parse({}) == Filters() == Filters(lane="ours", sort="waiting")
    assert Filters().narrowed() == {}


@pytest.mark.parametrize(
    ("given", "lane", "sort"),
    [
        ({"q": "river"}, "all", "newest"),
        ({"q": "river", "lane": "ours"}, "ours", "waiting"),
        ({"lane": "done"}, "done", "newest"),
        ({"lane": "done", "sort": "waiting"}, "done", "newest"),
        ({"lane": "theirs", "sort": "waiting"}, "theirs", "waiting"),
        ({"lane": "all", "sort": "oldest"}, "all", "oldest"),
        ({"status": "accepted"}, "publishing", "newest"),
        ({"status": "accepted", "lane": "ours"}, "publishing", "newest"),
        ({"status": "rejected", "lane": "ours"}, "done", "newest"),
        ({"state": "scheduled", "lane": "ours"}, "publishing", "newest"),
        ({"status": "held", "lane": "all"}, "all", "newest"),
        ({"status": "in_review"}, "ours", "waiting"),
        ({"overdue": "yes", "lane": "done"}, "ours", "waiting"),
        ({"lane": "nowhere", "sort": "sideways"}, "ours", "waiting"),
    ],
)
def test_lane_and_order_go_with_what_is_asked(given: dict[str, str], lane: str, sort: str) -> None:
    found = Filters.parse(given)
    assert (found.lane, found.sort) == (lane, sort)


@pytest.mark.parametrize("lane", [*LANES, "all"])
def test_words_lead_back(lane: str) -> None:
    given = {
        "lane": lane,
        "q": "река",
        "section": "News",
        "photos": "no",
        "claimed": "7",
        "hours": "48",
        "flagged": "yes",
    }
    found = Filters.parse(given)
    assert Filters.parse(found.words()) == found
    assert found.words() == given | {"sort": found.sort}


@pytest.mark.parametrize(
    "given",
    [
        {"status": "purged"}, {"state": "lost"}, {"status": "nonsense"}, {"photos": "maybe"}, {"flagged": "1"}, {"hours": "-1"}, {"hours": "x"},
        {"hours": "٣"}, {"claimed": str(2**63)}, {"claimed": "٣"}, {"claimed": "everybody"}, {"unknown": "x"}, {"q": " \0 "},
    ],
)  # fmt: skip
def test_what_cannot_be_asks_for_nothing(given: dict[str, str]) -> None:
    assert Filters.parse(given).narrowed() == {}


def test_what_is_too_long_is_cut() -> None:
    found = Filters.parse({"q": "x" * 5000, "hours": "9" * 50})
    assert len(found.q) == TYPED_CHARACTERS
    assert found.hours == 100_000


def test_each_filter_can_be_taken_away() -> None:
    found = Filters.parse({"lane": "done", "language": "kk", "tag": "x", "sort": "oldest"})
    assert found.without("tag") == Filters.parse({"lane": "done", "language": "kk", "sort": "oldest"})
    assert found.without("tag", "language").narrowed() == {}
