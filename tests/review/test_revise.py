import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound, StaleRevision
from intake.lifecycle import EDITABLE, STATUSES, IllegalMove
from intake.models import Editor, Event, Submission
from intake.review.revise import Edit, revise
from intake.review.revision_fields import RevisionFields, current_fields, from_json
from tests.cast import Contributor
from tests.together import second_waits

EDIT = Edit("Ice on the river", "<p>It broke.</p>", 2, "Shorter")


def test_an_edit_is_a_new_revision_and_the_old_ones_are_kept(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, EDIT)
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        _, cleaned, edited = found.revisions
        assert (cleaned.title, cleaned.html) == ("Over the river", "<p>The ice broke at noon.</p>")
        assert (edited.number, edited.title, edited.html, edited.words) == (2, EDIT.title, EDIT.html, 2)
        assert (edited.note, edited.editor_id) == ("Shorter", editor.id)
        assert (found.status, found.version) == ("in_review", in_review.version + 1)
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.name, event.editor_id, event.data) == ("revision.created", editor.id, {"number": 2})


def test_what_is_accepted_may_still_be_edited(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))
        assert revise(session, in_review.id, editor, in_review.version + 2, Edit("T", "", 0)).note is None


def test_other_statuses_are_not_for_editing(contributor: Contributor, editor: Editor) -> None:
    contributor.submit()
    with (
        pytest.raises(IllegalMove, match="cannot edit a submission that is received"),
        transaction() as session,
    ):
        revise(session, contributor.submission_id, editor, 1, EDIT)
    assert set(STATUSES) > EDITABLE


def test_a_page_of_another_version_saves_nothing(in_review: Submission, editor: Editor) -> None:
    with pytest.raises(StaleRevision), transaction() as session:
        revise(session, in_review.id, editor, in_review.version - 1, EDIT)


def test_of_two_editors_at_the_same_time_the_second_overwrites_nothing(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    version = in_review.version

    def other() -> None:
        with transaction() as session:
            revise(session, in_review.id, other_editor, version, Edit("Mine", "", 0))

    with pytest.raises(StaleRevision):
        second_waits(lambda session: revise(session, in_review.id, editor, version, EDIT), other)
    with transaction() as session:
        titles = [revision.title for revision in session.get_one(Submission, in_review.id).revisions]
    assert titles == [None, "Over the river", EDIT.title]


def test_a_submission_that_is_not_there(editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        revise(session, uuid.uuid4(), editor, 1, EDIT)


def test_details_are_those_of_now_and_of_the_revision(in_review: Submission, editor: Editor) -> None:
    details = RevisionFields("Opinion", "kk", "Almaty", ("night",), "N. N.")
    with transaction() as session:
        edit = Edit("T", "<p>x</p>", 1, "", details)
        revise(session, in_review.id, editor, in_review.version, edit)
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert current_fields(found) == details
        _, before, after = (from_json(one.details) for one in found.revisions)
        assert after == details
        assert before == RevisionFields("News", "en", print_name="A. N.")
        revise(session, in_review.id, editor, found.version, EDIT)
        assert current_fields(found) == details


def test_a_revision_of_before_there_were_details_gets_those_that_it_had(
    in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        session.get_one(Submission, in_review.id).revisions[1].details = {}
    with transaction() as session:
        edit = Edit("T", "<p>x</p>", 1, "", RevisionFields("Opinion", "kk"))
        revise(session, in_review.id, editor, in_review.version, edit)
    with transaction() as session:
        kept = session.get_one(Submission, in_review.id).revisions[1].details
        assert from_json(kept) == RevisionFields("News", "en", print_name="A. N.")
