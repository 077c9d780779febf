from dataclasses import replace
from datetime import UTC, datetime

import pytest

from intake.db import transaction
from intake.decisions.canned_replies import ReplyInput, add_reply, change_reply, delete_reply
from intake.errors import NameTaken, NotFound, StaleRevision
from intake.models import Reply
from intake.settings import Settings

NEW_REPLY = ReplyInput("reject", "cs", "Kindly", "Děkujeme.")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def kept(app_settings: Settings) -> Reply:
    with transaction() as session:
        reply = add_reply(session, NEW_REPLY)
        session.refresh(reply)
        return reply


def test_one_of_a_name(kept: Reply) -> None:
    with pytest.raises(NameTaken), transaction() as session:
        add_reply(session, NEW_REPLY)
    with transaction() as session:
        other = add_reply(session, replace(NEW_REPLY, verdict="accept"))
        session.refresh(other)
    with pytest.raises(NameTaken), transaction() as session:
        change_reply(session, other.id, other.changed_at, NEW_REPLY)


def test_changed_once(kept: Reply) -> None:
    with transaction() as session:
        change_reply(session, kept.id, kept.changed_at, replace(NEW_REPLY, body="Díky."))
    with transaction() as session:
        assert session.get_one(Reply, kept.id).body == "Díky."
    with pytest.raises(StaleRevision), transaction() as session:
        change_reply(session, kept.id, kept.changed_at, NEW_REPLY)
    with pytest.raises(StaleRevision), transaction() as session:
        delete_reply(session, kept.id, kept.changed_at)


def test_deleted(kept: Reply) -> None:
    with transaction() as session:
        delete_reply(session, kept.id, kept.changed_at)
    with pytest.raises(NotFound), transaction() as session:
        delete_reply(session, kept.id, LONG_AGO)
