from pathlib import Path
from typing import Any

import pytest

from intake.photos import child
from intake.photos.batch.inspection import inspect_file
from intake.photos.refusal import PhotoRefused
from tests.photos import made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "a.jpg"
    file.write_bytes(made.jpeg_with_gps(40, 30, "SECRET"))
    return file


def test_inspects_in_the_sandbox(photo: Path) -> None:
    found = inspect_file(photo)
    assert "position" in {trace.kind for trace in found.traces}
    assert found.violations
    assert found.notes == {}


def test_other_formats_cannot_be_verified(photo: Path) -> None:
    photo.write_bytes(made.encoded(made.scene(), "TIFF"))
    assert inspect_file(photo).violations is None


def test_an_empty_file_is_refused(photo: Path) -> None:
    photo.write_bytes(b"")
    with pytest.raises(PhotoRefused, match="empty"):
        inspect_file(photo)


@pytest.mark.parametrize(
    "header",
    [
        {"traces": [("lie", "x", 1)], "notes": {}},
        {"traces": [("date", "x")], "notes": {}},
        {"traces": [("date", "x", "many")], "notes": {}},
        {"traces": 3, "notes": {}},
        {"traces": [("date", "x", 1)]},
        {"traces": [("date", "x", 1)], "notes": {"made_by": "Ilham"}},
        {},
    ],
)
def test_a_forged_answer_is_refused(
    photo: Path, header: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "run", lambda *_: (header, [b"value"]))
    with pytest.raises(PhotoRefused, match="damaged"):
        inspect_file(photo)
