from dataclasses import replace
from datetime import UTC, datetime

import pytest

from intake.db import transaction
from intake.decisions.canned_replies import ReplyInput, add_reply, change_reply, delete_reply
from intake.errors import NameTaken, NotFound, StaleRevision
from intake.models import Reply
from intake.settings import Settings

OURS = ReplyInput("reject", "cs", "Kindly", "Děkujeme.")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def kept(app_settings: Settings) -> Reply:
    with transaction() as session:
        reply = add_reply(session, OURS)
        session.refresh(reply)
        return reply


def test_one_of_a_name(kept: Reply) -> None:
    with pytest.raises(NameTaken), transaction() as session:
        add_reply(session, OURS)
    with transaction() as session:
        other = add_reply(session, replace(OURS, verdict="accept"))
        session.refresh(other)
    with pytest.raises(NameTaken), transaction() as session:
        change_reply(session, other.id, other.changed_at, OURS)


def test_changed_once(kept: Reply) -> None:
    with transaction() as session:
        change_reply(session, kept.id, kept.changed_at, replace(OURS, body="Díky."))
    with transaction() as session:
        assert session.get_one(Reply, kept.id).body == "Díky."
    with pytest.raises(StaleRevision), transaction() as session:
        change_reply(session, kept.id, kept.changed_at, OURS)
    with pytest.raises(StaleRevision), transaction() as session:
        delete_reply(session, kept.id, kept.changed_at)


def test_deleted(kept: Reply) -> None:
    with transaction() as session:
        delete_reply(session, kept.id, kept.changed_at)
    with pytest.raises(NotFound), transaction() as session:
        delete_reply(session, kept.id, LONG_AGO)
