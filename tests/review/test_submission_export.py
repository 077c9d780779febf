import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.messages.conversation import send_message
from intake.messages.notes import write_note
from intake.models import Editor, Message, Submission
from intake.review.submission_export import submission_export
from tests.statements import statements


def test_notes_and_messages_are_exported(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    with transaction() as session:
        write_note(session, in_review.id, editor, "Ask him.")
        send_message(session, in_review.id, other_editor, "When was it?")
        session.add(Message(submission_id=in_review.id, body="At noon."))
    with transaction() as session:
        found = submission_export(session, in_review.id)
    assert [(one.author, one.body) for one in found.notes] == [("Asel Nurbekova", "Ask him.")]
    assert [(one.author, one.body) for one in found.messages] == [
        ("Tomas Havlik", "When was it?"),
        (None, "At noon."),
    ]
    assert found.detail.submission.id == in_review.id


def test_the_number_of_queries_does_not_grow(in_review: Submission, editor: Editor) -> None:
    def asked() -> int:
        with statements() as sent, transaction() as session:
            submission_export(session, in_review.id)
        return len(sent)

    with transaction() as session:
        write_note(session, in_review.id, editor, "One.")
    few = asked()
    with transaction() as session:
        for number in range(10):
            write_note(session, in_review.id, editor, f"Number {number}.")
    assert asked() == few


def test_of_what_is_not_there(app_settings: object) -> None:
    with transaction() as session, pytest.raises(NotFound):
        submission_export(session, uuid.uuid4())
