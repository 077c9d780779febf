from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import reopen, settle, undo
from intake.errors import NotFound, SecondEditorNeeded, StaleRevision
from intake.lifecycle import IllegalMove
from intake.models import Decision, Editor, Event, Job, Message, Notification, Submission
from intake.review.revise import Edit, revise
from intake.settings import settings
from intake.submissions.receipt_page import receipt_page
from intake.submissions.removal import withdraw
from tests.cast import Contributor, RunJobs
from tests.together import second_waits

REJECTED = DecisionInput("reject", "late", "We ran this last week.")


@pytest.fixture
def in_review(in_review: Submission, run_jobs: RunJobs) -> Submission:
    """Submission in review, after all its jobs have run."""
    run_jobs()
    return in_review


@pytest.fixture(autouse=True)
def thirty_seconds(monkeypatch: pytest.MonkeyPatch, app_settings: object) -> Iterator[None]:
    """Restore the default undo time, and let the section Testimony need two approvals."""
    monkeypatch.delenv("TRANSOM_UNDO_SECONDS")
    monkeypatch.setenv("TRANSOM_TWO_APPROVALS", "Testimony")
    settings.cache_clear()
    yield
    settings.cache_clear()


def take(
    submission: Submission,
    editor: Editor,
    decision_input: DecisionInput = REJECTED,
    version: int | None = None,
) -> Decision:
    with transaction() as session:
        return decide(session, submission.id, editor, version or now(submission).version, decision_input)


def now(submission: Submission) -> Submission:
    with transaction() as session:
        found = session.get_one(Submission, submission.id)
        _ = found.decision, found.messages
        return found


def let_time_pass(submission: Submission) -> None:
    """Make the decision and all pending jobs due now."""
    with transaction() as session:
        session.execute(update(Submission).values(settles_at=func.now()))
        session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))


def take_back(submission: Submission, decision: Decision, editor: Editor) -> None:
    with transaction() as session:
        undo(session, submission.id, decision.id, editor)


def states() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Decision.state).order_by(Decision.id)))


def told() -> list[tuple[int, str]]:
    with transaction() as session:
        return [(one.editor_id, one.kind) for one in session.scalars(select(Notification))]


def as_section(submission: Submission, section: str) -> None:
    with transaction() as session:
        session.execute(update(Submission).values(section=section))


def test_nothing_is_sent_before_the_decision_settles(
    contributor: Contributor, in_review: Submission, editor: Editor, run_jobs: RunJobs
) -> None:
    decision = take(in_review, editor)
    assert run_jobs() == []
    found = now(in_review)
    assert (found.status, found.messages, decision.state) == ("in_review", [], "taken")
    assert found.settles_at is not None
    assert timedelta(seconds=25) < found.settles_at - datetime.now(UTC) < timedelta(seconds=31)
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
    assert page is not None
    assert (page.status, page.messages) == ("in_review", [])
    assert [step.word for step in page.steps] == ["Arrived", "Cleaned", "Decided"]


def test_a_decision_takes_effect_after_the_undo_time(
    in_review: Submission, editor: Editor, run_jobs: RunJobs
) -> None:
    take(in_review, editor)
    let_time_pass(in_review)
    assert run_jobs() == ["decision.settle"]
    found = now(in_review)
    assert (found.status, found.settles_at, states()) == ("rejected", None, ["standing"])
    assert [(message.body, message.editor_id) for message in found.messages] == [
        (REJECTED.message, editor.id)
    ]


def test_a_job_that_runs_twice_settles_once(in_review: Submission, editor: Editor) -> None:
    take(in_review, editor)
    let_time_pass(in_review)
    for expected in (True, False):
        with transaction() as session:
            assert settle(session, in_review.id) is expected
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_any_editor_can_undo_a_pending_decision(
    in_review: Submission, editor: Editor, other_editor: Editor, run_jobs: RunJobs
) -> None:
    take_back(in_review, take(in_review, editor), other_editor)
    let_time_pass_for_jobs_alone()
    assert run_jobs() == ["decision.settle"]
    found = now(in_review)
    assert (found.status, found.decision_id, found.settles_at, found.messages) == (
        "in_review",
        None,
        None,
        [],
    )
    assert states() == ["undone"]
    with transaction() as session:
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.name, last.editor_id, last.data) == (
        "decision.undone",
        other_editor.id,
        {"verdict": "reject"},
    )


def let_time_pass_for_jobs_alone() -> None:
    with transaction() as session:
        session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))


def test_the_first_decision_s_job_does_not_settle_the_second(
    in_review: Submission, editor: Editor, run_jobs: RunJobs
) -> None:
    take_back(in_review, take(in_review, editor), editor)
    take(in_review, editor, DecisionInput("accept"))
    let_time_pass_for_jobs_alone()
    run_jobs()
    assert (now(in_review).status, states()) == ("in_review", ["undone", "taken"])


def test_a_settled_decision_cannot_be_undone(
    in_review: Submission, editor: Editor, run_jobs: RunJobs
) -> None:
    decision = take(in_review, editor)
    let_time_pass(in_review)
    run_jobs()
    with pytest.raises(IllegalMove, match="too late"):
        take_back(in_review, decision, editor)
    assert now(in_review).status == "rejected"


def test_undoing_while_it_settles_is_an_error(in_review: Submission, editor: Editor) -> None:
    decision = take(in_review, editor)
    let_time_pass(in_review)
    with pytest.raises(IllegalMove):
        second_waits(
            lambda session: settle(session, in_review.id), lambda: take_back(in_review, decision, editor)
        )
    assert now(in_review).status == "rejected"


def test_nobody_decides_or_edits_while_a_decision_is_pending(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    take(in_review, editor)
    version = now(in_review).version
    with pytest.raises(IllegalMove, match="undo it first"):
        take(in_review, other_editor, DecisionInput("accept"), version)
    with pytest.raises(IllegalMove), transaction() as session:
        revise(session, in_review.id, other_editor, version, Edit("T", "<p>x</p>", 1))
    with pytest.raises(IllegalMove), transaction() as session:
        reopen(session, in_review.id, other_editor, version)


def test_a_page_from_before_is_stale(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    take(in_review, editor)
    with pytest.raises(StaleRevision):
        take(in_review, other_editor, DecisionInput("accept"), in_review.version)


def test_a_decision_of_another_submission(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    decision = take(in_review, editor)
    other = contributor.submit()
    for submission_id, decision_id in ((other, decision.id), (in_review.id, decision.id + 1)):
        with pytest.raises(NotFound), transaction() as session:
            undo(session, submission_id, decision_id, editor)


def test_what_was_held_is_held_again_when_the_next_decision_is_taken_back(
    in_review: Submission, editor: Editor, run_jobs: RunJobs
) -> None:
    held = take(in_review, editor, DecisionInput("hold", "legal"))
    let_time_pass(in_review)
    run_jobs()
    take_back(in_review, take(in_review, editor), editor)
    assert (now(in_review).status, now(in_review).decision_id) == ("held", held.id)


def test_a_withdrawal_cancels_the_pending_decision_and_its_message(
    contributor: Contributor, in_review: Submission, editor: Editor, run_jobs: RunJobs
) -> None:
    take(in_review, editor)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    let_time_pass_for_jobs_alone()
    run_jobs()
    assert (now(in_review).status, states()) == ("purged", ["replaced"])


@pytest.mark.parametrize(
    "decision_input",
    [DecisionInput("accept"), REJECTED, DecisionInput("hold"), DecisionInput("spam", "abuse")],
)
def test_what_was_decided_can_be_brought_back(
    in_review: Submission,
    editor: Editor,
    other_editor: Editor,
    run_jobs: RunJobs,
    decision_input: DecisionInput,
) -> None:
    take(in_review, editor, decision_input)
    let_time_pass(in_review)
    run_jobs()
    with transaction() as session:
        reopen(session, in_review.id, other_editor, now(in_review).version)
    found = now(in_review)
    assert (found.status, found.decision_id, states()) == ("in_review", None, ["replaced"])
    take(in_review, editor, DecisionInput("accept"))


class TestTwoApprovals:
    def test_the_first_waits_for_another_editor(
        self, in_review: Submission, editor: Editor, run_jobs: RunJobs
    ) -> None:
        as_section(in_review, "Testimony")
        decision = take(in_review, editor, DecisionInput("accept"))
        assert (decision.state, run_jobs(), now(in_review).status) == ("waiting", [], "in_review")
        with pytest.raises(SecondEditorNeeded):
            take(in_review, editor, DecisionInput("accept"))

    def test_the_second_accepts(
        self, in_review: Submission, editor: Editor, other_editor: Editor, run_jobs: RunJobs
    ) -> None:
        as_section(in_review, "Testimony")
        first = take(in_review, editor, DecisionInput("accept"))
        second = take(in_review, other_editor, DecisionInput("accept"))
        assert (second.approval_id, states()) == (first.id, ["replaced", "taken"])
        let_time_pass(in_review)
        run_jobs()
        assert (now(in_review).status, states()) == ("accepted", ["replaced", "standing"])

    def test_the_second_taken_back_leaves_the_first(
        self, in_review: Submission, editor: Editor, other_editor: Editor
    ) -> None:
        as_section(in_review, "Testimony")
        first = take(in_review, editor, DecisionInput("accept"))
        take_back(in_review, take(in_review, other_editor, DecisionInput("accept")), other_editor)
        assert (states(), now(in_review).decision_id) == (["waiting", "undone"], first.id)

    def test_the_first_can_be_taken_back_at_any_time(self, in_review: Submission, editor: Editor) -> None:
        as_section(in_review, "Testimony")
        take_back(in_review, take(in_review, editor, DecisionInput("accept")), editor)
        assert (states(), now(in_review).decision_id) == (["undone"], None)

    def test_an_edit_cancels_the_first_approval(
        self, in_review: Submission, editor: Editor, other_editor: Editor
    ) -> None:
        as_section(in_review, "Testimony")
        take(in_review, editor, DecisionInput("accept"))
        with transaction() as session:
            revise(session, in_review.id, editor, now(in_review).version, Edit("T", "<p>x</p>", 1))
        assert take(in_review, other_editor, DecisionInput("accept")).state == "waiting"

    @pytest.mark.parametrize("verdict", [REJECTED, DecisionInput("hold"), DecisionInput("spam", "abuse")])
    def test_the_first_is_told_if_the_second_decides_otherwise(
        self,
        in_review: Submission,
        editor: Editor,
        other_editor: Editor,
        run_jobs: RunJobs,
        verdict: DecisionInput,
    ) -> None:
        as_section(in_review, "Testimony")
        take(in_review, editor, DecisionInput("accept"))
        take(in_review, other_editor, verdict)
        run_jobs()
        assert told() == []
        let_time_pass(in_review)
        run_jobs()
        assert told() == [(editor.id, "overruled")]

    def test_nobody_is_told_of_a_second_approval_or_of_an_own_change_of_mind(
        self, in_review: Submission, editor: Editor, other_editor: Editor, run_jobs: RunJobs
    ) -> None:
        as_section(in_review, "Testimony")
        take(in_review, editor, DecisionInput("accept"))
        take(in_review, other_editor, DecisionInput("accept"))
        let_time_pass(in_review)
        run_jobs()
        with transaction() as session:
            reopen(session, in_review.id, editor, now(in_review).version)
        take(in_review, editor, DecisionInput("accept"))
        take(in_review, editor)
        let_time_pass(in_review)
        run_jobs()
        assert (now(in_review).status, told()) == ("rejected", [])

    def test_another_decision_taken_back_leaves_the_first_and_tells_nobody(
        self, in_review: Submission, editor: Editor, other_editor: Editor, run_jobs: RunJobs
    ) -> None:
        as_section(in_review, "Testimony")
        first = take(in_review, editor, DecisionInput("accept"))
        take_back(in_review, take(in_review, other_editor), other_editor)
        let_time_pass(in_review)
        run_jobs()
        assert (states(), now(in_review).decision_id, told()) == (["waiting", "undone"], first.id, [])

    def test_one_editor_is_enough_to_turn_it_down(
        self, in_review: Submission, editor: Editor, other_editor: Editor, run_jobs: RunJobs
    ) -> None:
        as_section(in_review, "Testimony")
        take(in_review, editor, DecisionInput("accept"))
        take(in_review, other_editor)
        assert states() == ["replaced", "taken"]
        let_time_pass(in_review)
        run_jobs()
        assert now(in_review).status == "rejected"
