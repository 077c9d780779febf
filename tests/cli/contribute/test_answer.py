from pathlib import Path

import pytest

from intake import receipts
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.demo.pictures import draw
from intake.models import Editor, Submission
from tests.cast import Contributor
from tests.cli.commands import transom
from tests.working import work_off


@pytest.fixture
def asked(contributor: Contributor, in_review: Submission, editor: Editor) -> Submission:
    with transaction() as session:
        decide(
            session, in_review.id, editor, in_review.version, DecisionInput("request_changes", None, "When?")
        )
    return in_review


def test_an_answer_arrives_and_the_receipt_is_asked_for(
    url: str, contributor: Contributor, asked: Submission, tmp_path: Path
) -> None:
    photo, text = tmp_path / "at-home.jpg", tmp_path / "text.txt"
    photo.write_bytes(draw("notice", "one", (43.2, 76.9)))
    text.write_text("Мамырда болды.", "utf-8")
    words = ("--message", "In May.", "--body-file", str(text), "--photo", str(photo), "--leave-out", "9")
    receipt = receipts.grouped(contributor.receipt)
    result = transom("answer", "--url", url, *words, stdin=f"{receipt}\n")
    assert (result.exit_code, result.stdout.strip()) == (0, "Your answer has arrived.")
    assert receipt not in result.output
    work_off()
    with transaction() as session:
        found = session.get_one(Submission, asked.id)
        assert found.status == "in_review"
        assert found.revisions[-1].html == "<p>Мамырда болды.</p>"
        assert [photo.status for photo in found.photos] == ["clean"]


def test_what_was_not_asked_for_is_one_sentence(
    url: str, contributor: Contributor, in_review: Submission
) -> None:
    result = transom("answer", "--url", url, "--message", "x", stdin=f"{contributor.receipt}\n")
    assert result.exit_code == 1
    assert "Error: Too late: Nobody asks for changes" in result.stderr
