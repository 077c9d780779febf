import errno
import os
import stat
from pathlib import Path

import pytest

from intake.storage import CHUNK, UNFINISHED, Disk, Sink
from intake.storage.disk import PartFile
from tests.storage.test_store import KEY, NAME, OTHER, SUBMISSION


def on_disk(disk: Disk) -> Path:
    return disk.root / NAME


def target(sink: Sink) -> PartFile:
    assert isinstance(sink._target, PartFile)
    return sink._target


def test_a_crash_leaves_only_what_is_marked_unfinished_and_sealed(disk: Disk) -> None:
    sink = disk.sink(NAME, KEY)
    sink.write(b"SECRET" * CHUNK)
    (left,) = disk.listing("quarantine")
    assert left.name.endswith(UNFINISHED)
    assert b"SECRET" not in (disk.root / left.name).read_bytes()
    with pytest.raises(FileNotFoundError):
        disk.read(NAME, KEY)
    sink.abort()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_the_disk_refuses_leaves_nothing(disk: Disk, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*{"fsync": (os, "fsync", full), "replace": (Path, "replace", full)}[call])
    with pytest.raises(OSError, match="No space"):
        disk.put(NAME, b"picture", KEY)
    assert list(disk.listing("quarantine")) == []


def test_an_abort_on_a_full_disk_is_no_second_failure(disk: Disk) -> None:
    """Closing a file writes Python's buffer, and fails if the disk is full. The abort must ignore this."""
    sink = disk.sink(NAME, KEY)
    with open("/dev/full", "wb") as device:
        os.dup2(device.fileno(), target(sink).file.fileno())
    sink.abort()
    assert list(disk.listing("quarantine")) == []


def test_a_finished_file_is_forced_to_the_disk_with_its_names(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        forced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    disk.put(NAME, b"picture", KEY)
    part, *folders = forced
    assert part.endswith(UNFINISHED)
    assert folders == [str(on_disk(disk).parent), str(disk.root / "quarantine")]


def test_only_we_may_look(disk: Disk) -> None:
    disk.put(NAME, b"picture", KEY)
    path = on_disk(disk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:3]} == {0o700}


def test_a_deleted_file_is_gone_and_its_empty_folder_with_it(disk: Disk) -> None:
    names = [NAME, f"quarantine/{SUBMISSION}/{OTHER}"]
    for name in names:
        disk.put(name, b"picture", KEY)
    disk.delete(names[0])
    assert disk.read(names[1], KEY) == b"picture"
    for _ in range(2):
        disk.delete(names[1])
    assert not on_disk(disk).parent.exists()


def test_what_cannot_be_deleted_is_said(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a purge skipped a file silently, the contributor would be told wrongly that all is deleted."""
    disk.put(NAME, b"picture", KEY)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(OSError, match="not empty"):
        disk.delete_all("quarantine", SUBMISSION)


def test_a_file_that_goes_while_they_are_listed_is_passed_over(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.put(NAME, b"picture", KEY)
    monkeypatch.setattr(Path, "glob", lambda *_: iter([disk.root / "gone", on_disk(disk)]))
    assert [one.name for one in disk.listing("quarantine")] == [NAME]


def test_the_room_is_told_before_there_is_a_folder(disk: Disk) -> None:
    assert not disk.root.exists()
    assert disk.free() > 0
