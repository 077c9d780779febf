from intake import receipts
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Message, Submission
from tests.cast import Contributor
from tests.cli.commands import sentence, transom


def test_the_status_and_the_conversation_are_shown(
    url: str, contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        decide(
            session, in_review.id, editor, in_review.version, DecisionInput("request_changes", None, "When?")
        )
    stdin = f"{receipts.grouped(contributor.receipt)}\n"
    written = transom("receipt", "write", "--to", url, "--message", "In May.", stdin=stdin)
    assert (written.exit_code, written.stdout) == (0, "Your message has arrived.\n")
    shown = transom("receipt", "show", "--to", url, stdin=stdin)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("Status: changes_requested\n")
    assert "The editors: When?" in shown.stdout
    assert "You: In May." in shown.stdout
    assert "transom receipt answer --help" in shown.stdout
    assert stdin.strip() not in shown.output
    with_text = transom("receipt", "show", "--to", url, "--text", stdin=stdin)
    with transaction() as session:
        title = session.get_one(Submission, in_review.id).revisions[-1].title
        assert session.query(Message).count() == 2
    assert title
    assert title in with_text.stdout
    assert title not in shown.stdout
    answered = transom("receipt", "answer", "--to", url, "--message", "In May.", stdin=stdin)
    assert answered.stdout == "Your answer has arrived.\n"


def test_a_submission_is_withdrawn_after_a_question(
    url: str, contributor: Contributor, in_review: Submission
) -> None:
    stdin = f"{contributor.receipt}\n"
    assert transom("receipt", "withdraw", "--to", url, stdin=f"{stdin}n\n").exit_code == 1
    assert status_of(in_review) == "in_review"
    done = transom("receipt", "withdraw", "--to", url, "--yes", stdin=stdin)
    assert (done.exit_code, done.stdout) == (0, "It is withdrawn. Its text and photos are deleted.\n")
    assert status_of(in_review) == "withdrawn"


def status_of(submission: Submission) -> str:
    with transaction() as session:
        return session.get_one(Submission, submission.id).status


def test_a_receipt_that_nobody_knows(url: str) -> None:
    for words in (("show",), ("withdraw", "--yes"), ("write", "--message", "x")):
        said = sentence(transom("receipt", *words, "--to", url, stdin="ABCD-EFGH-JKMN-PQRS\n"))
        assert said.startswith("Nothing is known of this receipt.")
