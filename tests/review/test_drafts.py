import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Submission
from intake.review.drafts import delete_draft, save_draft, saved_drafts
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor

FIELDS = {"title": ["Typed"], "photos-0-caption": ["One", "Two"]}


def test_the_last_words_are_kept_for_each_person_and_form(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        save_draft(session, in_review.id, editor, "edit", 2, {"title": ["Ty"]})
        save_draft(session, in_review.id, editor, "edit", 3, FIELDS)
        save_draft(session, in_review.id, editor, "note", 2, {"note": ["N"]})
        save_draft(session, in_review.id, other_editor, "edit", 2, {"title": ["Other"]})
    with transaction() as session:
        found = saved_drafts(session, in_review.id, editor.id)
        assert (found["edit"].fields, found["edit"].version) == (FIELDS, 3)
        assert set(found) == {"edit", "note"}
        delete_draft(session, in_review.id, editor, "edit")
        assert set(saved_drafts(session, in_review.id, editor.id)) == {"note"}
        assert set(saved_drafts(session, in_review.id, other_editor.id)) == {"edit"}


def test_nothing_is_kept_of_what_is_not_there_or_gone(
    in_review: Submission, contributor: Contributor, editor: Editor
) -> None:
    with pytest.raises(NotFound), transaction() as session:
        save_draft(session, uuid.uuid4(), editor, "edit", 1, FIELDS)
    with transaction() as session:
        save_draft(session, in_review.id, editor, "edit", 2, FIELDS)
        withdraw(session, contributor.receipt)
        purge(session, in_review.id)
        assert saved_drafts(session, in_review.id, editor.id) == {}
    with pytest.raises(NotFound), transaction() as session:
        save_draft(session, in_review.id, editor, "edit", 2, FIELDS)
