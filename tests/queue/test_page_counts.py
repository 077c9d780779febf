from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from intake import paging
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Submission
from intake.paging import Count, CountQuery, count_rows, count_statement
from intake.permissions.reach import Reach
from intake.publishing.amend import correct, retract
from intake.publishing.publish import publish
from intake.queue.filters import Filters
from intake.queue.page import editor_queue, lane_counts, state_counts
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned


@pytest.mark.parametrize(
    ("count", "words"), [(Count(0), "0"), (Count(999), "999"), (Count(1000, more=True), "1,000+")]
)
def test_a_count_says_when_there_are_more(count: Count, words: str) -> None:
    assert str(count) == words


def test_together_no_more_is_said_than_was_counted() -> None:
    assert Count(1) + Count(2) == Count(3)
    assert Count(600) + Count(600) == Count(paging.COUNT_LIMIT, more=True)
    assert Count(1, more=True) + Count(0) == Count(1, more=True)


def test_lanes_are_counted_no_further_than_people_read(
    contributor: Contributor, in_review: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        contributor.submit()
    with transaction() as session:
        assert lane_counts(session) == {
            "ours": Count(1), "theirs": Count(0), "machine": Count(3), "publishing": Count(0), "done": Count(0), "suspicious": Count(0), "all": Count(4), "ready": Count(0),
        }  # fmt: skip
        monkeypatch.setattr(paging, "COUNT_LIMIT", 2)
        assert lane_counts(session)["machine"] == Count(2, more=True)


def test_states_of_publications_are_counted_apart(contributor: Contributor, editor: Editor) -> None:
    found = []
    for _ in range(6):
        number = contributor.submit()
        with transaction() as session:
            text_cleaned(session, number, cleaned())
            decide(session, number, editor, 2, DecisionInput("accept"))
        found.append(number)
    _ready, scheduled, *published = found
    with transaction() as session:
        session.get_one(Submission, scheduled).embargo_until = func.now() + timedelta(days=1)
        for number in published:
            publish(session, number, editor, 4)
        correct(session, published[1], editor, 5, "A name", date(2026, 11, 30))
        correct(session, published[2], editor, 5, "A name", date(2026, 11, 30))
        for number in published[2:]:
            retract(session, number, editor, session.get_one(Submission, number).version, "Why")
    with transaction() as session:
        expected = {"accepted": 1, "scheduled": 1, "published": 1, "corrected": 1, "retracted": 2}
        assert {state: count.number for state, count in state_counts(session).items()} == expected
        assert lane_counts(session)["ready"] == Count(1)
        for state, few in expected.items():
            shown = editor_queue(session, Filters.parse({"state": state})).items
            assert [one.state for one in shown] == [state] * few
        assert sum(state_counts(session, Reach(sections=("Opinion",))).values(), start=Count(0)) == Count(0)


def test_the_same_query_can_be_counted_twice(in_review: Submission) -> None:
    statement = count_statement([CountQuery(select(Submission))] * 2, 10)
    with transaction() as session:
        assert count_rows(session, statement) == [Count(1), Count(1)]
