import json
import os
import socket
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


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_clean_prints_one_sentence_per_photo_and_the_tally(folder: Path) -> None:
    report = run("clean", folder / "good.jpg", "-o", folder / "out")
    assert report.exit_code == 0
    first, last = report.stdout.splitlines()
    assert "good.jpg: clean. Removed: the position" in first
    assert first.endswith(" See 0001.full.jpg.")
    assert last == "1 cleaned, 0 refused."
    assert names(folder / "out") == ["0001.full.jpg", "0001.thumb.jpg", "0001.web.jpg"]
    assert not any(b"SECRET" in path.read_bytes() for path in (folder / "out").iterdir())


def test_one_refusal_is_exit_code_1_and_does_not_stop_the_rest(folder: Path) -> None:
    report = run(
        "clean", folder / "bad.jpg", folder / "good.jpg", "-o", folder / "out", "--json", "--jobs", 2
    )
    assert report.exit_code == 1
    bad, good = (json.loads(line) for line in report.stdout.splitlines())
    assert (bad["status"], bad["reason"]) == ("refused", "not_a_photo")
    assert (good["status"], good["removed"]["position"]) == ("clean", "one")
    fields = ["file", "status", "reason", "sentence", "format_in", "format_out", "width", "height", "frames"]
    fields += ["removed", "notes", "outputs", "ms"]
    assert sorted(good) == sorted(fields) == sorted(bad)
    assert report.stderr.splitlines()[-1] == "1 cleaned, 1 refused."


def test_reasons_come_with_what_to_do(folder: Path) -> None:
    (folder / "worse.jpg").write_bytes(b"more junk")
    lines = run("clean", folder, "-o", folder / "out").stdout.splitlines()
    assert lines[-2].startswith("2 refused: We do not recognise this file as a photo. Please ")
    assert lines[-1] == "1 cleaned, 2 refused."


def test_the_longest_side_can_be_capped(folder: Path) -> None:
    assert run("clean", folder / "good.jpg", "-o", folder / "out", "--max-side", 200).exit_code == 0
    assert made.opened((folder / "out" / "0001.full.jpg").read_bytes()).size == (200, 150)


def test_names_are_kept_on_request(folder: Path) -> None:
    run("clean", folder / "good.jpg", "-o", folder / "out", "--keep-names")
    assert names(folder / "out") == ["good.full.jpg", "good.thumb.jpg", "good.web.jpg"]


SIXTY = 60


@pytest.fixture
def holiday(tmp_path: Path) -> Path:
    """Folder of 60 entries, of which 55 are photos. Some have the same name, the same contents, or odd names."""
    folder = tmp_path / "holiday"
    (folder / "sub" / "更深").mkdir(parents=True)
    for number in range(50):
        (folder / f"IMG_{number:04}.jpg").write_bytes(made.jpeg_with_gps(64 + number, 48, "SECRET"))
    equal = made.jpeg_with_gps(40, 30, "SECRET")
    for name in ("IMG_0001.jpg", "IMG_0001.jpeg", "IMG_0002.jpg", "更深/كتاب 山.jpg", "更深/Ü\u0301ö.jpg"):
        (folder / "sub" / name).write_bytes(equal)
    os.mkfifo(folder / "IMG_0007b.jpg")
    (folder / "IMG_0008b.jpg").symlink_to("nowhere")
    (folder / ".thumbnails").mkdir()
    (folder / "notes.txt").write_text("no photo")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
    return folder


def test_a_large_folder_is_cleaned_and_a_second_run_makes_no_second_copy(
    holiday: Path, tmp_path: Path
) -> None:
    entries = [path for path in holiday.rglob("*") if path.name not in {"sub", "更深"}]
    assert len(entries) == SIXTY
    out = holiday / "out"
    first = run("clean", holiday, "-o", out)
    assert first.stdout.splitlines()[-1] == "55 cleaned, 1 refused, 3 skipped, 1 unreadable."
    assert first.exit_code == 1
    assert len(names(out)) == 55 * 3
    written = {path: path.read_bytes() for path in out.iterdir()}
    second = run("clean", holiday, "-o", out)
    assert second.stdout.splitlines()[-1] == "0 cleaned, 1 refused, 223 skipped, 1 unreadable."
    assert "55 skipped: Already cleaned: the same copies are in the output folder." in second.stdout
    assert f"{55 * 3} skipped: Already clean: a copy that this command has made." in second.stdout
    assert {path: path.read_bytes() for path in out.iterdir()} == written
    assert not any(b"SECRET" in data for data in written.values())


def test_a_device_is_not_opened(tmp_path: Path) -> None:
    report = run("clean", "/dev/zero", "-o", tmp_path / "out")
    assert report.exit_code == 0
    assert report.stdout.splitlines()[-1] == "0 cleaned, 0 refused, 1 skipped."


@pytest.mark.parametrize(
    "arguments",
    [["clean"], ["clean", "no-such-file.jpg", "-o", "out"], ["clean", __file__], ["inspect"], ["verify"]],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_one_missing_name_of_several_does_not_end_the_run(folder: Path) -> None:
    report = run("clean", folder / "gone.jpg", folder / "good.jpg", "-o", folder / "out")
    assert report.exit_code == 1
    assert "gone.jpg: No such file or directory. Check that it exists" in report.stdout
    assert report.stdout.splitlines()[-1] == "1 cleaned, 0 refused, 1 unreadable."


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
    assert (good["notes"], good["only_the_picture"]) == ({}, False)
    assert bad["reason"] == "not_a_photo"


def test_inspect_calls_only_a_proven_file_nothing_but_the_picture(folder: Path) -> None:
    plain = made.encoded(made.scene(), "JPEG")
    (folder / "plain.jpg").write_bytes(plain)
    assert run("inspect", folder / "plain.jpg").stdout.endswith("plain.jpg: only the picture.\n")
    # A changed print size in the header is not known as metadata, so nothing is found. Still, `verify` rejects the header.
    (folder / "plain.jpg").write_bytes(plain.replace(b"\0\1\0\1\0\0", b"\0\1\0\2\0\0", 1))
    said = run("inspect", folder / "plain.jpg").stdout
    assert "nothing that we know was found, but it is not proven clean: a JFIF header" in said
    (folder / "plain.tif").write_bytes(made.encoded(made.scene(), "TIFF"))
    assert "only the picture" not in run("inspect", folder / "plain.tif").stdout


def test_inspect_gives_the_hint_of_the_file_itself(folder: Path) -> None:
    claim = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    (folder / "good.jpg").write_bytes(made.encoded(made.scene(), "JPEG", comment=claim))
    assert "The file says it was made or altered by a program" in run("inspect", folder / "good.jpg").stdout


def test_verifies(folder: Path) -> None:
    plain = run("verify", folder / "good.jpg")
    assert plain.exit_code == 1
    assert plain.stdout.endswith(
        "good.jpg: not proven clean: an Exif block with the camera's data, "
        "an XMP block with captions or editing notes, a comment, bytes after the end of the picture.\n"
    )
    assert (
        "  segment 0xe1 at byte 20: an Exif block" in run("verify", folder / "good.jpg", "--verbose").stdout
    )
    run("clean", folder / "good.jpg", "-o", folder / "out")
    assert run("verify", folder / "out").exit_code == 0


@pytest.mark.parametrize("command", ["inspect", "verify"])
def test_folders_are_walked_and_bad_files_do_not_end_the_run(holiday: Path, command: str) -> None:
    report = run(command, holiday)
    assert report.exit_code == 1
    assert len(report.stdout.splitlines()) == SIXTY
    assert "IMG_0007b.jpg: skipped. Pipes, sockets and devices are left out." in report.stdout
    assert "IMG_0008b.jpg: No such file or directory." in report.stdout


@pytest.mark.parametrize("command", ["clean", "inspect", "verify"])
def test_every_help_ends_with_an_example(command: str) -> None:
    assert f"Example: transom photo {command}" in run(command, "--help").output


def test_a_folder_that_cannot_be_made_is_one_sentence(folder: Path) -> None:
    report = run("clean", folder / "good.jpg", "-o", folder / "bad.jpg" / "out")
    assert report.exit_code == 1
    assert report.output.endswith("bad.jpg/out: Not a directory. Name a folder that you may write to.\n")
