import pytest

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import StaleRevision
from intake.lifecycle import IllegalMove
from intake.models import Editor, Submission
from intake.publishing.publish import publish

URL = "https://magazine.example/ice"


def test_an_accepted_submission_is_published(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, 2, DecisionInput("accept"))
    with pytest.raises(StaleRevision), transaction() as session:
        publish(session, in_review.id, editor, 3, URL)
    with transaction() as session:
        publish(session, in_review.id, editor, 4, URL)
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert (found.status, found.published_url) == ("published", URL)
        assert found.published_at is not None


def test_what_is_not_accepted_cannot_appear(in_review: Submission, editor: Editor) -> None:
    with pytest.raises(IllegalMove), transaction() as session:
        publish(session, in_review.id, editor, 2)
    with transaction() as session:
        assert session.get_one(Submission, in_review.id).published_at is None
