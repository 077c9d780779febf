import pytest
from sqlalchemy import select

from intake import receipts
from intake.db import transaction
from intake.errors import AlreadySubmitted, LimitReached, NotFound
from intake.lifecycle import IllegalMove
from intake.messages.conversation import MESSAGES_A_DAY, receive_message
from intake.models import Editor, Event, Message, Notification, Submission
from intake.queue.claims import claim
from intake.settings import Settings
from intake.submissions.removal import withdraw
from tests.cast import Contributor


def write(contributor: Contributor, number: int = 0) -> None:
    with transaction() as session:
        receive_message(session, contributor.receipt, bytes([number] * 32), "Words")


def test_a_message_changes_no_status_and_notifies_the_claim_holder(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    write(contributor)
    with transaction() as session:
        claim(session, in_review.id, editor)
    write(contributor, 1)
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert (found.status, found.version) == (in_review.status, in_review.version)
        assert [(m.body, m.editor_id) for m in found.messages] == [("Words", None)] * 2
        assert [n.kind for n in session.scalars(select(Notification))] == ["answered"]
        event = session.scalars(
            select(Event).where(Event.name == "message.received").order_by(Event.id)
        ).first()
        assert event is not None
        assert event.data == {"message": found.messages[0].id}


def test_the_same_token_twice(contributor: Contributor, in_review: Submission) -> None:
    write(contributor)
    with pytest.raises(AlreadySubmitted):
        write(contributor)
    with transaction() as session:
        assert len(session.scalars(select(Message)).all()) == 1


def test_messages_are_limited_per_day(contributor: Contributor, in_review: Submission) -> None:
    for number in range(MESSAGES_A_DAY):
        write(contributor, number)
    with pytest.raises(LimitReached):
        write(contributor, MESSAGES_A_DAY)


def test_nobody_can_send_a_message_about_a_withdrawn_submission(
    contributor: Contributor, in_review: Submission
) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with pytest.raises(IllegalMove):
        write(contributor)


def test_another_receipt(app_settings: Settings) -> None:
    with pytest.raises(NotFound), transaction() as session:
        receive_message(session, receipts.derive("another"), bytes(32), "Words")
