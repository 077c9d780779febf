from pathlib import Path

import pytest

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
