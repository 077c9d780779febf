import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound, StaleRevision
from intake.lifecycle import IllegalMove
from intake.models import Editor, Submission
from intake.review.revise import Edit, restore, revise
from intake.review.revision_fields import RevisionFields, from_json
from intake.submissions.removal import withdraw
from tests.cast import Contributor

EDIT = Edit("Edited", "<p>Edited.</p>", 1, "", RevisionFields("Opinion", "kk", "Almaty", ("tag",)))


@pytest.fixture
def edited(in_review: Submission, editor: Editor) -> Submission:
    """Submission with two revisions."""
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, EDIT)
        return session.get_one(Submission, in_review.id)


def test_an_older_revision_becomes_the_newest(edited: Submission, other_editor: Editor) -> None:
    with transaction() as session:
        made = restore(session, edited.id, other_editor, edited.version, 1, "Back to revision 1")
        assert (made.number, made.title, made.note) == (3, "Over the river", "Back to revision 1")
    with transaction() as session:
        found = session.get_one(Submission, edited.id)
        assert (found.section, found.language, found.region, found.tags) == ("News", "en", None, [])
        assert [one.title for one in found.revisions] == [None, "Over the river", "Edited", "Over the river"]
        restore(session, edited.id, other_editor, found.version, 2, "")
        assert found.region == "Almaty"


def test_of_a_revision_without_details_the_text_alone_comes_back(edited: Submission, editor: Editor) -> None:
    with transaction() as session:
        session.get_one(Submission, edited.id).revisions[1].details = {}
    with transaction() as session:
        made = restore(session, edited.id, editor, edited.version, 1, "")
        details = from_json(made.details)
        assert details
        assert (made.title, details.section) == ("Over the river", "Opinion")


@pytest.mark.parametrize("number", [0, 9])
def test_what_was_sent_and_what_is_not_there_cannot_come_back(
    edited: Submission, editor: Editor, number: int
) -> None:
    with pytest.raises(NotFound), transaction() as session:
        restore(session, edited.id, editor, edited.version, number, "")
    with pytest.raises(NotFound), transaction() as session:
        restore(session, uuid.uuid4(), editor, 1, 1, "")


def test_a_page_of_another_version_brings_nothing_back(edited: Submission, editor: Editor) -> None:
    with pytest.raises(StaleRevision), transaction() as session:
        restore(session, edited.id, editor, edited.version - 1, 1, "")


def test_what_may_not_be_edited_stays(edited: Submission, contributor: Contributor, editor: Editor) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
        version = session.get_one(Submission, edited.id).version
    with pytest.raises(IllegalMove), transaction() as session:
        restore(session, edited.id, editor, version, 1, "")
