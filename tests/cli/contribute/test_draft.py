from pathlib import Path

import pytest

from intake.db import transaction
from intake.models import Submission
from tests.cli.commands import sentence, transom


@pytest.fixture
def receipt(url: str, picture: Path) -> str:
    """Receipt of a draft with two photos."""
    photos = ("--photo", str(picture), "--photo", str(picture))
    result = transom("submit", "--to", url, "--draft", "--title", "Over the river", *photos)
    assert (result.exit_code, result.stderr) == (0, "The draft is saved.\n")
    return result.stdout.strip()


def test_a_draft_is_shown_and_its_photos_are_changed(url: str, receipt: str) -> None:
    words = ("--caption", "The bridge", "--credit", "A. N.", "--place", "1")
    changed = transom("draft", "photo", "2", "--to", url, *words, stdin=receipt)
    assert "Photo 1: received. The bridge. A. N.\nPhoto 2: received.\n" in changed.stdout
    shown = transom("draft", "show", "--to", url, stdin=receipt)
    assert shown.stdout == changed.stdout
    assert "Title: Over the river\n" in shown.stdout
    removed = transom("draft", "remove", "2", "--to", url, stdin=receipt)
    assert "Photo 1: received. The bridge. A. N.\nIt is deleted on " in removed.stdout
    said = sentence(transom("draft", "remove", "2", "--to", url, stdin=receipt))
    assert said == "The draft has no photo 2. It has 1."
    assert (
        transom("receipt", "show", "--to", url, stdin=receipt).stdout.splitlines()[0]
        == "A draft, not sent yet. See: transom draft show"
    )


def test_it_says_what_keeps_it_from_being_sent(url: str, receipt: str, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Text")
    words = ("--title", "\u200b", "--body-file", str(text), "--draft")
    assert transom("submit", "--to", url, "--resume", receipt, *words).exit_code == 0
    shown = transom("draft", "show", "--to", url, stdin=receipt).stdout
    assert "Before it can be sent: Please give your text a title." in shown


def test_a_draft_is_deleted_after_a_question(url: str, receipt: str) -> None:
    assert transom("draft", "delete", "--to", url, stdin=f"{receipt}\nn\n").exit_code == 1
    assert drafts() == 1
    done = transom("draft", "delete", "--to", url, "--yes", stdin=receipt)
    assert (done.exit_code, done.stdout) == (0, "The draft is deleted.\n")
    assert drafts() == 0
    said = sentence(transom("draft", "show", "--to", url, stdin=receipt))
    assert said.startswith("Nothing is known of this receipt.")


def drafts() -> int:
    with transaction() as session:
        return session.query(Submission).count()
