import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from intake.photos import batch
from intake.photos.batch.copies import CopyFolder
from intake.photos.batch.walk import Found, find
from tests.photos import made, several


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "in" / "holiday.jpg"
    file.parent.mkdir()
    file.write_bytes(made.jpeg_with_gps(400, 300, "SECRET"))
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def cleaned(files: list[Path], out: Path, **how: bool) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(2) as pool:
        return list(batch.clean_files(pool, [Found(file) for file in files], CopyFolder(out, **how), ahead=1))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_three_copies_and_a_report(photo: Path, out: Path) -> None:
    (report,) = cleaned([photo], out)
    facts = [report[name] for name in ("status", "format_in", "format_out", "width", "frames")]
    assert facts == ["clean", "jpeg", "jpeg", 400, 1]
    assert list(report["outputs"]) == ["full", "web", "thumb"]
    assert all(Path(path).read_bytes()[:3] == b"\xff\xd8\xff" for path in report["outputs"].values())


def test_a_refused_file_has_a_report_of_the_same_fields(photo: Path, out: Path) -> None:
    junk = photo.with_name("junk.jpg")
    junk.write_bytes(b"junk")
    bad, good = cleaned([junk, photo], out)
    assert (bad["status"], bad["reason"], bad["outputs"]) == ("refused", "not_a_photo", {})
    assert set(bad) == set(good)


def test_equal_files_have_copies_each_and_no_second_ones(photo: Path, out: Path) -> None:
    assert {report["status"] for report in cleaned([photo] * 3, out)} == {"clean"}
    assert len(names(out)) == 9
    again = cleaned([photo] * 4, out)
    assert [report["reason"] for report in again] == ["already_cleaned"] * 3 + [None]
    assert len({report["outputs"]["full"] for report in again}) == 4


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF"])
def test_cleaning_is_deterministic(tmp_path: Path, out: Path, form: str) -> None:
    file = tmp_path / "a"
    file.write_bytes(made.encoded(made.see_through() if form in {"PNG", "WEBP"} else made.scene(), form))
    cleaned([file], out)
    assert cleaned([file], out)[0]["reason"] == "already_cleaned"


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_cleaning_of_animations_is_deterministic(tmp_path: Path, out: Path, form: str) -> None:
    file = tmp_path / "a"
    file.write_bytes(made.animated(form))
    cleaned([file], out)
    assert cleaned([file], out)[0]["reason"] == "already_cleaned"


def test_copies_are_not_cleaned_again(photo: Path, out: Path) -> None:
    cleaned([photo], out)
    reports = cleaned([found.path for found in find([out])], photo.parent)
    assert [report["reason"] for report in reports] == ["already_clean"] * 3


def test_a_file_that_only_has_the_name_of_a_copy_is_cleaned(photo: Path, out: Path) -> None:
    photo = photo.rename(photo.with_name("holiday.full.jpg"))
    assert cleaned([photo], out)[0]["status"] == "clean"


def test_each_page_has_copies_named_after_the_first(tmp_path: Path, out: Path) -> None:
    fax = tmp_path / "fax.tif"
    fax.write_bytes(several.tiff((90, 60), (91, 60), (92, 60)))
    reports = cleaned([fax], out)
    assert [report["notes"]["page"] for report in reports] == [[1, 3], [2, 3], [3, 3]]
    assert [Path(report["outputs"]["full"]).name for report in reports] == [
        "0001.full.jpg",
        "0001-page-2.full.jpg",
        "0001-page-3.full.jpg",
    ]
    assert [report["reason"] for report in cleaned([fax], out)] == ["already_cleaned"] * 3


def test_a_full_disk_leaves_nothing_behind_and_does_not_end_the_run(
    photo: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def fill_up(path: Path, data: bytes) -> int:
        if ".thumb" in path.name:
            write(path, data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    first, second = cleaned([photo, photo], out)
    assert first["status"] == second["status"] == "unwritten"
    assert "out: No space left on device. The copies were not kept. Make room" in first["sentence"]
    assert list(out.iterdir()) == []


def test_a_child_that_cannot_be_started_refuses_one_file(
    photo: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: bytes, **_options: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(batch, "clean_photo", fail)
    assert cleaned([photo], out)[0]["reason"] == "could_not_be_processed"
