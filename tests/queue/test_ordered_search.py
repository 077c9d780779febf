"""Search results are in order, with each of the search strategies (see WAYS)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.models import Editor, SearchEntry, Submission
from intake.paging import Count
from intake.queue import ordered_search, saved_views
from intake.queue import page as queue
from intake.queue.filters import Filters
from intake.queue.page import QueuePage, editor_queue
from intake.queue.saved_views import save_view, views
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned

WAYS = {"walked to the end": (1500, 20_000), "collected": (1, 20_000), "walked in steps": (2, 0)}
"""Limits that select each search strategy: values of WALK_LIMIT (with and without words) and HIT_LIMIT."""


@pytest.fixture
def titles(contributor: Contributor) -> list[str]:
    """Titles of seven submissions, oldest first. Every second one contains the word."""
    made = []
    for number in range(7):
        made.append(f"{'Comet' if number % 2 else 'Planet'} {number}")
        contributor.submit()
        with transaction() as session:
            text_cleaned(session, contributor.submission_id, cleaned(title=made[-1]))
    return made


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    look, hits = WAYS[request.param]
    monkeypatch.setattr(ordered_search, "WALK_LIMIT_FOR_WORDS", look)
    monkeypatch.setattr(ordered_search, "HIT_LIMIT", hits)
    monkeypatch.setattr(ordered_search, "HIT_LIMIT_FOR_PHRASES", hits)
    return str(request.param)


def page(after: str = "", **words: str) -> QueuePage:
    with transaction() as session:
        return editor_queue(session, Filters.parse(words), after=after)


def walk(**words: str) -> list[str]:
    found, after = [], ""
    while True:
        one = page(after, **words)
        found += [item.title for item in one.items]
        if one.next is None:
            return found
        after = one.next


@pytest.mark.parametrize("size", [1, 2, 30])
@pytest.mark.parametrize("sort", ["newest", "oldest", "waiting"])
def test_each_way_leads_to_the_same(
    titles: list[str], way: str, sort: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", size)
    wanted = [title for title in titles if title.startswith("Comet")]
    lane = "ours" if sort == "waiting" else "all"
    assert walk(q="comet", sort=sort, lane=lane) == (wanted[::-1] if sort == "newest" else wanted)
    assert walk(q='"comet 3"', sort=sort, lane=lane) == ["Comet 3"]
    assert (
        walk(q='"3 comet"', sort=sort, lane=lane) == walk(q='comet -"comet 3" 3', sort=sort, lane=lane) == []
    )
    assert len(walk(q='comet -"comet 3"', sort=sort, lane=lane)) == 2
    assert walk(q="nowhere", sort=sort, lane=lane) == []
    assert walk(q="planet", sort=sort, section="Opinion") == []


def test_a_truncated_search_says_so_and_continues_on_the_next_page(
    titles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordered_search, "WALK_LIMIT_FOR_WORDS", 3)
    monkeypatch.setattr(ordered_search, "HIT_LIMIT", 2)
    first = page(q="comet")
    assert ([item.title for item in first.items], first.truncated) == (["Comet 5"], True)
    second = page(first.next or "", q="comet")
    assert ([item.title for item in second.items], second.truncated) == (["Comet 3", "Comet 1"], True)
    last = page(second.next or "", q="comet")
    assert (last.items, last.truncated, last.next) == ([], False, None)


def test_equal_times_are_sorted_by_id(titles: list[str], way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 1)
    with transaction() as session:
        for table in (Submission, SearchEntry):
            session.execute(update(table).values(received_at=func.now() - timedelta(hours=1)))
    assert sorted(walk(q="comet")) == ["Comet 1", "Comet 3", "Comet 5"]


@pytest.fixture
def statements_built_anew() -> Iterator[Callable[[], None]]:
    """Clear the cached SQL statements of saved views, which contain the limits in force when they were built."""
    yield saved_views._statement.cache_clear
    saved_views._statement.cache_clear()


def test_a_view_counts_what_was_found_where_the_search_was_cut(
    titles: list[str],
    editor: Editor,
    monkeypatch: pytest.MonkeyPatch,
    statements_built_anew: Callable[[], None],
) -> None:
    with transaction() as session:
        save_view(session, editor, "Comets", {"q": "comet"}, shared=False)
    with transaction() as session:
        assert views(session, editor.id)[0].count == Count(3)
    monkeypatch.setattr(ordered_search, "WALK_LIMIT_FOR_WORDS", 4)
    monkeypatch.setattr(ordered_search, "HIT_LIMIT", 0)
    statements_built_anew()
    with transaction() as session:
        assert views(session, editor.id)[0].count == Count(2, more=True)


FILTERS: list[dict[str, str]] = [
    {"photos": "yes", "section": "News"}, {"tag": "red"}, {"tag": "red", "section": "News", "lane": "ours"},
    {"tag": "red", "q": "comet"}, {"claimed": "nobody", "photos": "yes"}, {"language": "en", "region": "Here"},
]  # fmt: skip


@pytest.mark.parametrize(("look", "hits"), [(10_000, 20_000), (1, 20_000), (2, 0), (1, 1)])
@pytest.mark.parametrize("words", FILTERS)
def test_filters_lead_to_the_same_however_far_is_walked(
    titles: list[str], words: dict[str, str], look: int, hits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        for place, submission in enumerate(session.scalars(select(Submission).order_by(Submission.arrival))):
            submission.photo_count = int(place in {1, 4, 6})
            submission.tags = ["red", "blue"] if place in {0, 3, 5} else []
            submission.region = "Here" if place in {2, 3, 5} else None
    expected = set(walk(**words))
    for name, value in (("WALK_LIMIT", look), ("WALK_LIMIT_FOR_WORDS", look), ("HIT_LIMIT", hits)):
        monkeypatch.setattr(ordered_search, name, value)
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    found = walk(**words)
    assert len(found) == len(expected) > 1
    assert set(found) == expected
    assert found == sorted(found, key=titles.index, reverse=Filters.parse(words).sort == "newest")
