from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.fuzz.__main__ import main
from tests.fuzz.photos import command
from tests.fuzz.photos.trial import PhotoTrial
from tests.photos import exiftool, made


def test_a_run_tells_what_became_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "sources", lambda: [made.jpeg_with_gps(64, 48, "mark")])
    done = CliRunner().invoke(main, ["photos", "--minutes", "0.02", "--seed", "5", "--save", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "--seed 5, 1 files to spoil" in done.output
    assert "0 findings" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_finding_is_kept_and_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo, kept = tmp_path / "photo", tmp_path / "kept"
    photo.write_bytes(b"spoilt")
    monkeypatch.setattr(command, "attempt", lambda data: PhotoTrial("finding", "KeyError: 'x'", 0.5))
    done = CliRunner().invoke(main, ["photos", "--replay", str(photo), "--save", str(kept)])
    assert done.exit_code == 1
    (saved,) = kept.iterdir()
    assert saved.read_bytes() == b"spoilt"
    assert f"KeyError: 'x'\n  again: script/fuzz photos --replay {saved}" in done.output


def test_ctrl_c_still_prints_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(data: bytes) -> PhotoTrial:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "attempt", stop)
    done = CliRunner().invoke(main, ["photos", "--save", str(tmp_path)])
    assert done.exit_code == 0
    assert "Stopped.\n0 executions" in done.output


@exiftool.needed
def test_what_exiftool_finds_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(made.jpeg_with_gps(64, 48, "mark"))
    monkeypatch.setattr(exiftool, "_STRUCTURE", {})
    done = CliRunner().invoke(main, ["photos", "--replay", str(photo), "--save", str(tmp_path / "kept")])
    assert done.exit_code == 1
    assert "ExifTool: 1.full.jpeg: File:FileType" in done.output
