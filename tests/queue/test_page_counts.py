import pytest
from sqlalchemy import select

from intake import paging
from intake.db import transaction
from intake.models import Submission
from intake.paging import Count, CountQuery, count_rows, count_statement
from intake.queue.page import lane_counts
from tests.cast import Contributor


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
            "ours": Count(1), "theirs": Count(0), "machine": Count(3), "done": Count(0), "suspicious": Count(0), "all": Count(4),
        }  # fmt: skip
        monkeypatch.setattr(paging, "COUNT_LIMIT", 2)
        assert lane_counts(session)["machine"] == Count(2, more=True)


def test_the_same_query_can_be_counted_twice(in_review: Submission) -> None:
    statement = count_statement([CountQuery(select(Submission))] * 2, 10)
    with transaction() as session:
        assert count_rows(session, statement) == [Count(1), Count(1)]
