from pathlib import Path

import pytest

from intake.cli.photo.tally import Tally
from intake.photos.batch import reports
from intake.photos.refusal import PhotoRefused

FILE = Path("a.jpg")


def test_counts_and_groups() -> None:
    tally = Tally()
    for report in (
        reports.report(FILE),
        reports.failed(FILE, PhotoRefused("empty")),
        reports.failed(FILE, PhotoRefused("empty")),
        reports.left_out(FILE, "hidden"),
    ):
        tally.add(report)
    empty, hidden, last = tally.lines()
    assert empty == f"2 refused: {reports.remedy('empty')}"
    assert hidden.startswith("1 skipped: Hidden")
    assert last == "1 cleaned, 2 refused, 1 skipped."


@pytest.mark.parametrize(("reason", "fails"), [("hidden", False), ("unreadable", True), ("unwritten", True)])
def test_only_skipped_files_are_no_failure(reason: str, fails: bool) -> None:
    tally = Tally()
    tally.add(reports.left_out(FILE, reason))
    assert tally.has_failures is fails


def test_no_file_at_all() -> None:
    assert list(Tally().lines()) == ["0 cleaned, 0 refused."]
