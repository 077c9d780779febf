import pytest

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import reopen
from intake.models import Editor, Submission
from intake.settings import settings
from intake.submissions.answer import AnswerDraft, answer
from intake.submissions.receipt_page import offered_text, receipt_page
from intake.submissions.receipt_steps import steps
from tests.cast import Contributor


def words(submission: Submission) -> list[str]:
    with transaction() as session:
        return [one.word for one in steps(session, session.get_one(Submission, submission.id))]


def rule(submission: Submission, editor: Editor, verdict: str) -> None:
    with transaction() as session:
        version = session.get_one(Submission, submission.id).version
        code = {"reject": "late", "spam": "flood"}.get(verdict)
        decide(session, submission.id, editor, version, DecisionInput(verdict, code, "Words"))


def test_while_a_decision_can_be_taken_back_nothing_of_it_shows(
    contributor: Contributor, in_review: Submission, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "30")
    settings.cache_clear()
    with transaction() as session:
        before = receipt_page(session, contributor.receipt)
    rule(in_review, editor, "reject")
    with transaction() as session:
        assert receipt_page(session, contributor.receipt) == before


@pytest.mark.parametrize(
    ("verdict", "status", "last"),
    [
        ("hold", "in_review", "Decided"),
        ("spam", "rejected", "Not accepted"),
        ("accept", "accepted", "Accepted"),
    ],
)
def test_what_the_desk_keeps_to_itself(
    contributor: Contributor, in_review: Submission, editor: Editor, verdict: str, status: str, last: str
) -> None:
    rule(in_review, editor, verdict)
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
    assert page is not None
    assert (page.status, page.steps[-1].word) == (status, last)


def test_asked_and_answered(contributor: Contributor, in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        assert offered_text(session, contributor.receipt) is None
    rule(in_review, editor, "request_changes")
    assert words(in_review) == ["Arrived", "Cleaned", "Changes asked for", "Decided"]
    with transaction() as session:
        offered = offered_text(session, contributor.receipt)
        assert offered is not None
        assert (offered.title, offered.body) == ("Over the river", "The ice broke at noon.")
        answer(session, contributor.receipt, AnswerDraft(bytes(32), message="In May."))
    with transaction() as session:
        found = steps(session, session.get_one(Submission, in_review.id))
    assert [(one.word, one.current) for one in found] == [
        ("Arrived", False), ("Cleaned", False), ("Changes asked for", False), ("You answered", True), ("Decided", False),
    ]  # fmt: skip


def test_what_was_brought_back_is_not_decided(in_review: Submission, editor: Editor) -> None:
    rule(in_review, editor, "reject")
    with transaction() as session:
        reopen(session, in_review.id, editor, session.get_one(Submission, in_review.id).version)
    assert words(in_review) == ["Arrived", "Cleaned", "Decided"]
