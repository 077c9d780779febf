from pathlib import Path

import pytest

from intake.photos.batch import reports
from intake.photos.batch.files import FileTrouble, NotAFile
from intake.photos.refusal import REASONS, PhotoRefused

FILE = Path("a.jpg")


@pytest.mark.parametrize("reason", [*reports.REASONS, *REASONS])
def test_every_reason_has_a_remedy(reason: str) -> None:
    assert reports.remedy(reason).endswith(".")


def test_no_reason_is_in_both_tables() -> None:
    assert reports.REASONS.keys().isdisjoint(REASONS)


@pytest.mark.parametrize("reason", reports.REASONS)
def test_every_status_is_known(reason: str) -> None:
    assert reports.left_out(FILE, reason)["status"] in reports.STATUSES


def test_errors_become_reports() -> None:
    assert reports.failed(FILE, NotAFile("a.jpg: a pipe"))["status"] == "skipped"
    assert reports.failed(FILE, FileTrouble("a.jpg: gone"))["sentence"] == "a.jpg: gone"
    refused = reports.failed(FILE, PhotoRefused("too_many_pages", notes={"pages": 40}))
    assert (refused["status"], refused["reason"], refused["notes"]) == (
        "refused",
        "too_many_pages",
        {"pages": 40},
    )
    assert refused["sentence"]
