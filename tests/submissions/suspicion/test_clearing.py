import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Editor, Submission
from intake.queue.filters import Filters
from intake.submissions.screening import text_cleaned
from intake.submissions.suspicion import clearing
from intake.submissions.suspicion.traits import Traits
from tests.cast import Contributor, cleaned, join

Send = Callable[..., uuid.UUID]
LANE = Filters.parse({"lane": clearing.LANE})


@pytest.fixture
def send(contributor: Contributor) -> Send:
    """Function that sends a submission with the given signals. With any signal it is suspicious."""

    def sent(*signals: str, **words: str) -> uuid.UUID:
        contributor.submit(**words)
        found = cleaned(traits=Traits(signals, None, None))
        with transaction() as session:
            text_cleaned(session, contributor.submission_id, found)
        return contributor.submission_id

    return sent


def matching(filters: Filters, until: int | None = None) -> dict[uuid.UUID, int]:
    with transaction() as session:
        last = clearing.newest_arrival(session) if until is None else until
        reader = session.scalars(select(Editor)).first() or join("Reader", "editor")
        return clearing.matching(session, filters, reader, last)


def test_all_that_were_on_the_page_match(send: Send) -> None:
    send()
    first, second = send("phrases"), send("honeypot", section="Opinion")
    with transaction() as session:
        seen = clearing.newest_arrival(session)
    later = send("phrases")
    assert set(matching(LANE, seen)) == {first, second}
    assert set(matching(LANE)) == {first, second, later}
    assert set(matching(Filters.parse({"lane": clearing.LANE, "section": "Opinion"}))) == {second}


@pytest.mark.parametrize(
    "filters", [{}, {"lane": "all"}, {"lane": clearing.LANE, "q": "ice"}], ids=["ours", "all", "search"]
)
def test_no_other_list_matches(send: Send, filters: dict[str, str]) -> None:
    send("phrases")
    assert matching(Filters.parse(filters)) == {}


def test_cleared_ones_are_in_the_queue(send: Send, editor: Editor) -> None:
    here, changed, other = send("phrases"), send("phrases"), send()
    versions = matching(LANE) | {changed: 99, other: 2}
    with transaction() as session:
        assert clearing.clear(session, editor, versions) == 1
    with transaction() as session:
        found = session.get_one(Submission, here)
        assert (found.lane, found.signals, found.version) == ("ours", ["phrases"], versions[here] + 1)
        assert found.events[-1].name == "suspicion.cleared"
        assert session.get_one(Submission, changed).lane == clearing.LANE
