import uuid

import pytest

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Submission
from intake.paging import Count
from intake.permissions.reach import Reach
from intake.queue import lists
from intake.queue.filters import Filters
from intake.queue.lists import ListPlace, first_matches, following, place, sort_key
from intake.queue.page import editor_queue
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned
from tests.statements import statements

OURS = Filters()


def several(contributor: Contributor, count: int = 3) -> list[uuid.UUID]:
    ids = []
    for _ in range(count):
        ids.append(contributor.submit())
        with transaction() as session:
            text_cleaned(session, ids[-1], cleaned())
    return ids


def place_of(submission_id: uuid.UUID, filters: Filters = OURS) -> ListPlace:
    with transaction() as session:
        return place(session, filters, 0, submission_id)


@pytest.mark.parametrize(
    "words", [{}, {"sort": "oldest"}, {"sort": "newest"}, {"photos": "no"}, {"q": "river"}]
)
def test_places_and_neighbours_in_the_order_of_the_list(
    contributor: Contributor, words: dict[str, str]
) -> None:
    filters = Filters.parse(words)
    several(contributor)
    with transaction() as session:
        ids = [item.id for item in editor_queue(session, filters).items]
    assert len(ids) == 3
    places = [place_of(one, filters) for one in ids]
    assert [str(one.number) for one in places] == ["1", "2", "3"]
    assert {one.total for one in places} == {Count(3)}
    assert [one.before for one in places] == [None, ids[0], ids[1]]
    assert [one.after for one in places] == [ids[1], ids[2], None]


def test_others_decide_meanwhile(contributor: Contributor, editor: Editor) -> None:
    first, second, third = several(contributor)
    with transaction() as session:
        decide(session, second, editor, 2, DecisionInput("accept"))
    assert place_of(first) == ListPlace(Count(1), Count(2), None, third, "")
    assert place_of(second).number is None
    with transaction() as session:
        session.get_one(Submission, third).move("withdraw")
    assert place_of(first) == ListPlace(Count(1), Count(1), None, None, "")


def test_a_decision_leads_to_the_next_and_from_the_end_to_the_first(contributor: Contributor) -> None:
    first, second, third = several(contributor)
    with transaction() as session:
        keys = {one: sort_key(session, OURS, one) for one in (first, second, third)}
        assert following(session, OURS, 0, keys[first], but=first) == second
        assert following(session, OURS, 0, keys[second], but=second) == third
        assert following(session, OURS, 0, keys[third], but=third) == first
        assert following(session, Filters.parse({"q": "-"}), 0, keys[first], but=first) is None


def test_nothing_waits(app_settings: object) -> None:
    nobody = uuid.uuid4()
    with transaction() as session:
        assert sort_key(session, OURS, nobody) is None
        assert following(session, OURS, 0, None, but=nobody) is None
        assert first_matches(session, OURS, 0, 5) == {}
    assert place_of(nobody) == ListPlace(None, Count(0), None, None, "")
    assert place_of(nobody, Filters.parse({"q": "-"})) == ListPlace(None, Count(0), None, None, "")


def test_the_page_of_the_list_shows_the_submission(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    monkeypatch.setattr("intake.queue.page.PAGE_SIZE", 2)
    lists._place_statement.cache_clear()
    for one in several(contributor, 5):
        page = place_of(one).page
        with transaction() as session:
            assert one in [item.id for item in editor_queue(session, OURS, after=page).items]
    lists._place_statement.cache_clear()


def test_a_long_list_is_counted_up_to_a_limit(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.paging.COUNT_LIMIT", 2)
    lists._place_statement.cache_clear()
    ids = several(contributor, 4)
    found = place_of(ids[0])
    lists._place_statement.cache_clear()
    assert (str(found.number), str(found.total)) == ("1", "2+")


def test_the_first_matches_in_order_with_their_versions(contributor: Contributor) -> None:
    first, second, _ = several(contributor)
    with transaction() as session:
        assert list(first_matches(session, OURS, 0, 2).items()) == [(first, 2), (second, 2)]
        assert first_matches(session, Filters.parse({"q": "river"}), 0, 9).keys() >= {first, second}


def test_a_place_costs_the_same_queries_in_any_list(contributor: Contributor) -> None:
    ids = several(contributor)
    for words, cost in (
        ({}, 1),
        ({"lane": "all"}, 1),
        ({"photos": "no", "tag": "x"}, 1),
        ({"q": "ice"}, 2),
        ({"q": "river"}, 3),
        ({"q": "nowhere"}, 9),
    ):
        with transaction() as session:
            session.connection()
            with statements() as sent:
                place(session, Filters.parse(words), 0, ids[0])
        assert len(sent) == cost, words


def test_a_list_has_only_what_is_within_the_reach(contributor: Contributor) -> None:
    first, hidden, third = several(contributor)
    with transaction() as session:
        session.get_one(Submission, hidden).section = "essays"
    reach = Reach(sections=(section_of(first),))
    with transaction() as session:
        assert place(session, OURS, 0, first, reach) == ListPlace(Count(1), Count(2), None, third, "")
        assert place(session, OURS, 0, hidden, reach).number is None
        assert set(first_matches(session, OURS, 0, 9, reach)) == {first, third}
        key = sort_key(session, OURS, first)
        assert following(session, OURS, 0, key, but=first, reach=reach) == third


def section_of(submission_id: uuid.UUID) -> str:
    with transaction() as session:
        return session.get_one(Submission, submission_id).section
