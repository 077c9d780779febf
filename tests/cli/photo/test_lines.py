from pathlib import Path

from intake.cli.photo.lines import left_out, printable, words
from intake.photos.batch import reports
from intake.photos.verify import Violation


def test_a_name_cannot_control_the_terminal() -> None:
    assert printable("a\n\x1b[2J\udcff山.jpg") == "a��[2J�山.jpg"


def test_a_file_that_was_left_out() -> None:
    hidden = reports.left_out(Path(".a.jpg"), "hidden")
    assert left_out(hidden).startswith(".a.jpg: skipped. Hidden files")
    assert left_out(reports.left_out(Path("a"), "unreadable", "a: Gone.")) == "a: Gone."


def test_equal_contents_are_said_once() -> None:
    comment = Violation("segment 0xfe", 9, "a comment")
    assert words([comment, comment, Violation("segment 0xe2", 20, "a colour profile")]) == (
        "a comment (2 times), a colour profile"
    )
