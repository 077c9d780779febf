from pathlib import Path

from intake.cli.photo import reading
from intake.photos.batch import files
from intake.photos.refusal import PhotoRefused


def test_each_file_is_read_or_reported(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", ".hidden"):
        (tmp_path / name).write_bytes(name.encode())

    def read(path: Path) -> bytes:
        if path.name == "b.jpg":
            raise PhotoRefused("damaged")
        return files.read(path)

    found = {path.name: (result, report) for path, result, report in reading.each([tmp_path], read)}
    assert found["a.jpg"] == (b"a.jpg", {})
    assert (found["b.jpg"][0], found["b.jpg"][1]["reason"]) == (None, "damaged")
    assert (found[".hidden"][0], found[".hidden"][1]["reason"]) == (None, "hidden")
    assert [reading.is_failure(found[name][1]) for name in ("b.jpg", ".hidden")] == [True, False]


def test_a_file_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    [(_, result, report)] = reading.each([tmp_path / "gone.jpg"], files.read)
    assert result is None
    assert report["status"] == "unreadable"
    assert reading.is_failure(report)
