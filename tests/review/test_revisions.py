import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Submission
from intake.review.revise import Edit, revise
from intake.review.revision_fields import RevisionFields
from intake.review.revisions import content, current, edited
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor


def test_what_stands_now_and_what_stood_before(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        edit = Edit("Edited", "<p>x</p>", 1, "Why", RevisionFields("Opinion", "kk"))
        revise(session, in_review.id, editor, in_review.version, edit)
    with transaction() as session:
        now, before = current(session, in_review.id), content(session, in_review.id, 1)
    assert (now.number, now.title, now.html, now.author, now.note) == (
        2, "Edited", "<p>x</p>", "Asel Nurbekova", "Why",
    )  # fmt: skip
    assert now.details == RevisionFields("Opinion", "kk")
    assert (before.number, before.author, before.details) == (
        1,
        None,
        RevisionFields("News", "en", print_name="A. N."),
    )


def test_details_that_were_not_kept_are_not_made_up(in_review: Submission) -> None:
    with transaction() as session:
        session.get_one(Submission, in_review.id).revisions[1].details = {}
    with transaction() as session:
        assert content(session, in_review.id, 1).details is None
        assert current(session, in_review.id).details


@pytest.mark.parametrize("number", [0, -1, 9, 2**40])
def test_what_is_not_there(in_review: Submission, number: int) -> None:
    with pytest.raises(NotFound), transaction() as session:
        content(session, in_review.id, number)
    with pytest.raises(NotFound), transaction() as session:
        current(session, uuid.uuid4())


def test_what_was_purged_has_no_content(in_review: Submission, contributor: Contributor) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, in_review.id)
    with pytest.raises(NotFound), transaction() as session:
        content(session, in_review.id, 1)
    with pytest.raises(NotFound), transaction() as session:
        current(session, in_review.id)


def test_what_would_stand_after_an_edit(in_review: Submission) -> None:
    with transaction() as session:
        now = current(session, in_review.id)
    would = edited(now, Edit("T", "<p>x</p>", 1))
    assert (would.title, would.html, would.details) == ("T", "<p>x</p>", now.details)
    assert edited(now, Edit("T", "", 0, "", RevisionFields("Opinion", "kk"))).details == RevisionFields(
        "Opinion", "kk"
    )
