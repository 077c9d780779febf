import pytest
from sqlalchemy import select

from intake import receipts
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound, StaleRevision
from intake.lifecycle import IllegalMove
from intake.models import Editor, Job, Submission
from intake.publishing.publish import publish
from intake.submissions.removal import withdraw
from tests.cast import Contributor
from tests.together import second_waits


def test_a_receipt_takes_back_its_submission_and_starts_its_purge(
    contributor: Contributor, in_review: Submission
) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        assert session.get_one(Submission, in_review.id).status == "withdrawn"
        assert session.scalars(select(Job.kind).order_by(Job.id.desc())).first() == "submission.purge"


def test_another_receipt_takes_back_nothing(contributor: Contributor, in_review: Submission) -> None:
    with pytest.raises(NotFound), transaction() as session:
        withdraw(session, receipts.derive("another"))
    with transaction() as session:
        assert session.get_one(Submission, in_review.id).status == "in_review"


def test_what_is_gone_or_published_cannot_be_taken_back(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))
        publish(session, in_review.id, editor, in_review.version + 2)
    with pytest.raises(IllegalMove), transaction() as session:
        withdraw(session, contributor.receipt)
    contributor.submit()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with pytest.raises(IllegalMove), transaction() as session:
        withdraw(session, contributor.receipt)


def test_a_concurrent_decision_is_refused(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    def accept() -> None:
        with transaction() as session:
            decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))

    with pytest.raises(StaleRevision):
        second_waits(lambda session: withdraw(session, contributor.receipt), accept)


def test_what_was_read_before_is_read_anew(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    """The status is read from the database again, because the copy in the caller's session may be out of date."""
    with transaction() as session:
        held = session.get_one(Submission, in_review.id)  # without a reference, the session drops the object
        assert held.status == "in_review"
        with transaction() as meanwhile:
            decide(meanwhile, in_review.id, editor, in_review.version, DecisionInput("accept"))
            publish(meanwhile, in_review.id, editor, in_review.version + 2)
        with pytest.raises(IllegalMove):
            withdraw(session, contributor.receipt)
