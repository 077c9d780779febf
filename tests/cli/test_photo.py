import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intake.cli.photo import photo
from tests.photos import made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.jpg").write_bytes(made.jpeg_with_gps(400, 300, "SECRET"))
    (tmp_path / "bad.jpg").write_bytes(b"junk")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(photo, [str(argument) for argument in arguments])


def test_clean_prints_one_sentence_per_photo(folder: Path) -> None:
    report = run("clean", folder / "good.jpg", "-o", folder / "out")
    assert report.exit_code == 0
    assert "clean. Removed: the position" in report.output
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "good.full.jpg",
        "good.thumb.jpg",
        "good.web.jpg",
    ]
    assert not any(b"SECRET" in path.read_bytes() for path in (folder / "out").iterdir())


def test_one_refusal_is_exit_code_1_and_does_not_stop_the_rest(folder: Path) -> None:
    report = run(
        "clean", folder / "bad.jpg", folder / "good.jpg", "-o", folder / "out", "--json", "--jobs", 2
    )
    assert report.exit_code == 1
    bad, good = (json.loads(line) for line in report.output.splitlines())
    assert (bad["status"], bad["reason"]) == ("refused", "not_a_photo")
    assert (good["status"], good["removed"]["position"]) == ("clean", 6)
    fields = ["file", "status", "reason", "format_in", "format_out", "width", "height", "frames", "removed"]
    fields += ["outputs", "dhash", "ms"]
    assert sorted(good) == sorted(fields) == sorted(bad)


@pytest.mark.parametrize(
    "arguments",
    [["clean"], ["clean", "no-such-file.jpg", "-o", "out"], ["clean", __file__], ["inspect"], ["verify"]],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_inspects_without_values_unless_asked(folder: Path) -> None:
    plain = run("inspect", folder / "good.jpg")
    assert "the position" in plain.output
    assert "SECRET" not in plain.output
    assert "SECRET" in run("inspect", folder / "good.jpg", "--values").output


def test_inspects_as_json(folder: Path) -> None:
    report = run("inspect", folder / "good.jpg", folder / "bad.jpg", "--json")
    assert report.exit_code == 1
    good, bad = (json.loads(line) for line in report.output.splitlines())
    assert good["carries"]["camera"] == 2
    assert bad["reason"] == "not_a_photo"


def test_verifies(folder: Path) -> None:
    assert "segment 0xe1" in run("verify", folder / "good.jpg").output
    assert run("verify", folder / "good.jpg").exit_code == 1
    run("clean", folder / "good.jpg", "-o", folder / "out")
    assert run("verify", *(folder / "out").iterdir()).exit_code == 0


@pytest.mark.parametrize("command", ["clean", "inspect", "verify"])
def test_every_help_ends_with_an_example(command: str) -> None:
    assert f"Example: transom photo {command}" in run(command, "--help").output


@pytest.mark.parametrize("command", [["clean", "-o", "out"], ["inspect"], ["verify"]])
def test_a_folder_given_for_a_photo_is_wrong_usage(folder: Path, command: list[str]) -> None:
    report = run(*command, folder)
    assert report.exit_code == 2
    assert "is a directory" in report.output


@pytest.mark.parametrize("command", [["clean", "-o", "out"], ["inspect"], ["verify"]])
def test_a_file_that_cannot_be_read_is_one_sentence(
    folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(Path, "read_bytes", fails_with(errno.EACCES))
    report = run(*command, "good.jpg")
    assert (report.exit_code, report.output) == (
        1,
        "Error: good.jpg: Permission denied. Check that it exists and that you may read it.\n",
    )


def test_a_folder_that_cannot_be_made_is_one_sentence(folder: Path) -> None:
    report = run("clean", folder / "good.jpg", "-o", folder / "bad.jpg" / "out")
    assert report.exit_code == 1
    assert report.output.endswith("bad.jpg/out: Not a directory. Name a folder that you may write to.\n")


def fails_with(number: int) -> Callable[..., bytes]:
    def fail(*_: object) -> bytes:
        raise OSError(number, os.strerror(number))

    return fail
