import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import MessageMissing, NotFound, ReasonMissing, StaleRevision
from intake.lifecycle import IllegalMove
from intake.models import Decision, Editor, Event, Submission
from intake.review.revise import Edit, revise
from tests.together import second_waits


def decisions() -> list[Decision]:
    with transaction() as session:
        return list(session.scalars(select(Decision)))


@pytest.mark.parametrize(
    ("verdict", "code", "message", "status"),
    [
        ("accept", None, None, "accepted"),
        ("accept", None, "Thank you.", "accepted"),
        ("reject", "late", "Too late.", "rejected"),
        ("reject", "late", None, "rejected"),
        ("request_changes", None, "Who said so?", "changes_requested"),
        ("hold", "verifying", None, "held"),
        ("spam", "flood", None, "spam"),
    ],
)
def test_a_verdict_moves_the_submission_and_is_kept(
    in_review: Submission, editor: Editor, verdict: str, code: str | None, message: str | None, status: str
) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput(verdict, code, message))
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert found.decision is not None
        assert (found.status, found.version) == (status, in_review.version + 2)
        assert (found.decision.verdict, found.decision.code, found.decision.message) == (
            verdict,
            code,
            message,
        )
        assert (found.decision.state, found.settles_at) == ("standing", None)
        assert [one.body for one in found.messages] == ([message] if message else [])
        assert found.decision.editor.id == editor.id
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.name, event.editor_id, event.data) == (
            f"submission.{status}",
            editor.id,
            {"message": 1} if message else {},
        )


def test_the_decision_is_on_the_newest_text(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        edited = revise(session, in_review.id, editor, in_review.version, Edit("Ice", "<p>Ice</p>", 1))
        decision = decide(session, in_review.id, editor, in_review.version + 1, DecisionInput("accept"))
        assert decision.revision_id == edited.id


@pytest.mark.parametrize(
    "decision_input",
    [
        DecisionInput("reject"),
        DecisionInput("reject", "nonsense"),
        DecisionInput("reject", message="No."),
        DecisionInput("hold", "late"),
    ],
)
def test_a_rejection_needs_a_reason_that_there_is(
    in_review: Submission, editor: Editor, decision_input: DecisionInput
) -> None:
    with pytest.raises(ReasonMissing), transaction() as session:
        decide(session, in_review.id, editor, in_review.version, decision_input)
    assert decisions() == []


@pytest.mark.parametrize("message", [None, "", "  \n"])
def test_who_asks_for_changes_says_for_which(
    in_review: Submission, editor: Editor, message: str | None
) -> None:
    with pytest.raises(MessageMissing), transaction() as session:
        decide(
            session, in_review.id, editor, in_review.version, DecisionInput("request_changes", None, message)
        )
    assert decisions() == []


@pytest.mark.parametrize("off_by", [-1, 1])
def test_a_page_of_another_version_decides_nothing(
    in_review: Submission, editor: Editor, off_by: int
) -> None:
    with pytest.raises(StaleRevision), transaction() as session:
        decide(session, in_review.id, editor, in_review.version + off_by, DecisionInput("accept"))
    assert decisions() == []


def test_what_is_decided_cannot_be_decided_again(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))
    with pytest.raises(IllegalMove), transaction() as session:
        decide(
            session,
            in_review.id,
            other_editor,
            in_review.version + 2,
            DecisionInput("reject", "other", "No."),
        )
    assert [decision.verdict for decision in decisions()] == ["accept"]


def test_of_two_editors_at_the_same_time_the_second_gets_an_error(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    version = in_review.version

    def reject() -> None:
        with transaction() as session:
            decide(session, in_review.id, other_editor, version, DecisionInput("reject", "other", "No."))

    with pytest.raises(StaleRevision):
        second_waits(
            lambda session: decide(session, in_review.id, editor, version, DecisionInput("accept")), reject
        )
    assert [decision.verdict for decision in decisions()] == ["accept"]


def test_a_submission_that_is_not_there(editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        decide(session, uuid.uuid4(), editor, 1, DecisionInput("accept"))
