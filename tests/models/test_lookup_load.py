import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound, StaleRevision
from intake.models import Editor, Submission
from intake.models.lookup import locked, locked_at
from intake.review.revise import Edit, revise
from intake.settings import Settings
from tests.together import second_waits


def test_the_second_waits_until_the_first_is_done(in_review: Submission) -> None:
    def move_on(session: object) -> None:
        locked(session, in_review.id).section = "Opinion"  # type: ignore[arg-type]

    def section() -> str:
        with transaction() as session:
            return locked(session, in_review.id).section

    assert second_waits(move_on, section) == "Opinion"


def test_what_was_read_before_is_read_anew(in_review: Submission, editor: Editor) -> None:
    """A submission that was read before it was locked must be read again, or a stale page would seem current."""
    with transaction() as session:
        held = session.get_one(
            Submission, in_review.id
        )  # keep a reference, or the session would forget the object
        assert held.version == in_review.version
        with transaction() as meanwhile:
            revise(meanwhile, in_review.id, editor, in_review.version, Edit("T", "", 0))
        with pytest.raises(StaleRevision):
            locked_at(session, in_review.id, in_review.version)
        assert locked_at(session, in_review.id, in_review.version + 1).id == in_review.id


def test_what_was_changed_before_is_not_lost(in_review: Submission) -> None:
    with transaction() as session:
        session.get_one(Submission, in_review.id).section = "Opinion"
        assert locked(session, in_review.id).section == "Opinion"


def test_a_submission_that_is_not_there(app_settings: Settings) -> None:
    with pytest.raises(NotFound), transaction() as session:
        locked(session, uuid.uuid4())
