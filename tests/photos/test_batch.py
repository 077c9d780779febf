import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intake.photos.batch import FileTrouble, clean_file, clean_files, inspect_file, make_folder, read
from intake.photos.refusal import PhotoRefused
from tests.photos import made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(made.jpeg_with_gps(400, 300, "SECRET"))
    return file


def test_writes_three_copies_and_a_report(photo: Path, tmp_path: Path) -> None:
    report = clean_file(photo, tmp_path, "holiday")
    assert report["status"] == "clean"
    assert (report["format_in"], report["format_out"], report["width"], report["frames"]) == (
        "jpeg",
        "jpeg",
        400,
        1,
    )
    assert [Path(path).name for path in report["outputs"].values()] == [
        "holiday.full.jpg",
        "holiday.web.jpg",
        "holiday.thumb.jpg",
    ]
    assert all(Path(path).read_bytes()[:3] == b"\xff\xd8\xff" for path in report["outputs"].values())


def test_a_refused_file_has_a_report_of_the_same_fields(photo: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.jpg"
    junk.write_bytes(b"junk")
    report = clean_file(junk, tmp_path, "junk")
    assert (report["status"], report["reason"], report["outputs"]) == ("refused", "not_a_photo", {})
    assert set(report) == set(clean_file(photo, tmp_path, "holiday"))


def test_files_of_one_name_do_not_overwrite_each_other(photo: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        reports = list(clean_files(pool, [photo, photo, photo], tmp_path))
    assert len({report["outputs"]["full"] for report in reports}) == 3


def test_inspects_in_the_sandbox(photo: Path, tmp_path: Path) -> None:
    assert "position" in {trace.kind for trace in inspect_file(photo)}
    (tmp_path / "empty").touch()
    with pytest.raises(PhotoRefused, match="empty"):
        inspect_file(tmp_path / "empty")


def test_a_full_disk_leaves_nothing_behind(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def fill_up(path: Path, data: bytes) -> int:
        if ".thumb" in path.name:
            write(path, data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    output = tmp_path / "out"
    make_folder(output)
    with pytest.raises(FileTrouble, match=r"out: No space left on device\. .*Make room"):
        clean_file(photo, output, "holiday")
    assert list(output.iterdir()) == []


def test_a_file_that_has_gone_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"gone\.jpg: No such file or directory\. "):
        read(tmp_path / "gone.jpg")
