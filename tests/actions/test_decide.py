import uuid

import pytest
from sqlalchemy import select

from intake.actions.decide import Ruling, decide
from intake.actions.errors import NotFound, ReasonMissing, StaleRevision
from intake.actions.revise import Edit, revise
from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.models import Decision, Editor, Event, Submission
from tests.together import second_waits


def decisions() -> list[Decision]:
    with transaction() as session:
        return list(session.scalars(select(Decision)))


@pytest.mark.parametrize(
    ("verdict", "reason", "status"),
    [("accept", "", "accepted"), ("accept", "Strong.", "accepted"), ("reject", "  Too late. ", "rejected")],
)
def test_a_verdict_moves_the_submission_and_is_kept(
    in_review: Submission, editor: Editor, verdict: str, reason: str, status: str
) -> None:
    with transaction() as session:
        decide(
            session,
            in_review.id,
            editor,
            in_review.version,
            Ruling(verdict, "other" if verdict == "reject" else None, reason or None),
        )
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert found.decision is not None
        assert (found.status, found.version) == (status, in_review.version + 1)
        assert (found.decision.verdict, found.decision.reason) == (verdict, reason.strip())
        assert found.decision.editor.id == editor.id
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.name, event.editor_id, event.data) == (f"submission.{status}", editor.id, {})


def test_the_decision_is_on_the_newest_text(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        edited = revise(session, in_review.id, editor, in_review.version, Edit("Ice", "<p>Ice</p>", 1))
        decision = decide(session, in_review.id, editor, in_review.version + 1, Ruling("accept"))
        assert decision.revision_id == edited.id


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_rejection_needs_a_reason(in_review: Submission, editor: Editor, reason: str) -> None:
    with pytest.raises(ReasonMissing), transaction() as session:
        decide(session, in_review.id, editor, in_review.version, Ruling("reject", "other", reason))
    assert decisions() == []


@pytest.mark.parametrize("off_by", [-1, 1])
def test_a_page_of_another_version_decides_nothing(
    in_review: Submission, editor: Editor, off_by: int
) -> None:
    with pytest.raises(StaleRevision), transaction() as session:
        decide(session, in_review.id, editor, in_review.version + off_by, Ruling("accept"))
    assert decisions() == []


def test_what_is_decided_cannot_be_decided_again(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, Ruling("accept"))
    with pytest.raises(IllegalMove), transaction() as session:
        decide(session, in_review.id, other_editor, in_review.version + 1, Ruling("reject", "other", "No."))
    assert [decision.verdict for decision in decisions()] == ["accept"]


def test_of_two_editors_at_the_same_time_the_second_is_told(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    version = in_review.version

    def reject() -> None:
        with transaction() as session:
            decide(session, in_review.id, other_editor, version, Ruling("reject", "other", "No."))

    with pytest.raises(StaleRevision):
        second_waits(lambda session: decide(session, in_review.id, editor, version, Ruling("accept")), reject)
    assert [decision.verdict for decision in decisions()] == ["accept"]


def test_a_submission_that_is_not_there(editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        decide(session, uuid.uuid4(), editor, 1, Ruling("accept"))
