import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.messages.notes import write_note
from intake.models import Editor, Note, Notification, Submission
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor


def test_a_note_notifies_those_whom_it_mentions(
    in_review: Submission, editor: Editor, other_editor: Editor, chief: Editor
) -> None:
    with transaction() as session:
        note = write_note(session, in_review.id, editor, "@tomas, please look. @Asel Nurbekova has.")
    assert note.mentions == [other_editor.id]
    with transaction() as session:
        notification = session.scalars(select(Notification)).one()
        assert (notification.editor_id, notification.kind, notification.submission_id) == (
            other_editor.id,
            "mentioned",
            in_review.id,
        )


def test_a_note_changes_no_version(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        write_note(session, in_review.id, editor, "Fine.")
    with transaction() as session:
        assert session.get_one(Submission, in_review.id).version == in_review.version


def test_nothing_is_written_about_what_is_deleted(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        write_note(session, in_review.id, editor, "A name that must go.")
        withdraw(session, contributor.receipt)
        purge(session, in_review.id)
    with pytest.raises(IllegalMove), transaction() as session:
        write_note(session, in_review.id, editor, "Too late.")
    with transaction() as session:
        assert list(session.scalars(select(Note))) == []
