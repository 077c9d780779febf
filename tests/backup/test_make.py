import json
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.backup import make
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.make import back_up
from intake.db import snapshot, transaction
from intake.keys.files import read_private
from intake.models import Editor, Photo
from intake.models.photo import BASE, SIZES
from intake.settings import Settings
from intake.storage import Storage, files
from tests.cast import RunJobs
from tests.retouching import Desk
from tests.working import work_off


def names(folder: Path) -> set[str]:
    """Names of all files of submissions in a backup."""
    return {str(path.relative_to(folder)) for path in (folder / "files").rglob("*") if path.is_file()}


def wanted() -> set[str]:
    """Names of all files in the installation."""
    return {in_backup(one.name) for area in ("quarantine", "clean") for one in files().listing(area)}


def in_backup(name: str) -> str:
    """Name of a stored file in a backup."""
    return Folder(Path()).file_name(name)


def test_every_file_that_is_needed_is_there_as_it_lies(backup: Path, app_settings: Settings) -> None:
    assert len(names(backup)) == 1 + len(SIZES)
    assert names(backup) == wanted()
    for area in ("quarantine", "clean"):
        for one in files().listing(area):
            stored = (app_settings.files_dir / one.name).read_bytes()
            assert (backup / in_backup(one.name)).read_bytes() == stored


def test_a_cropped_photo_keeps_its_whole(accepted: uuid.UUID, editor: Editor, tmp_path: Path) -> None:
    desk = Desk(accepted, editor)
    desk.crop()
    work_off()
    back_up(tmp_path / "backup")
    assert names(tmp_path / "backup") == {in_backup(desk.photo.clean_name(size)) for size in (*SIZES, BASE)}


def test_the_list_of_sums_is_one_that_a_common_tool_reads(backup: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=backup, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    listed = {line.split("  ")[1] for line in (backup / "SHA256SUMS").read_text().splitlines()}
    there = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS", "backup.json"}


def test_nobody_else_may_read_it_and_the_key_is_not_in_it(backup: Path, app_settings: Settings) -> None:
    private = read_private(app_settings.private_key_path).current.raw
    secret = app_settings.master_key_path.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o700
    for path in backup.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
        if path.is_file():
            for key in (private, secret):
                assert key not in path.read_bytes()
                assert key.hex().encode() not in path.read_bytes()


def test_the_manifest_tells_what_is_in_it(backup: Path) -> None:
    told = json.loads((backup / "manifest.json").read_text())
    rows = {table["name"]: table["rows"] for table in told["tables"]}
    assert (rows["submissions"], rows["photos"], rows["decisions"]) == (2, 2, 1)
    assert not {"heartbeats", "presence"} & rows.keys()
    assert (len(told["names"]), told["lost"]) == (1 + len(SIZES), [])


def test_a_folder_that_holds_something_is_refused_and_left_as_it_is(backup: Path) -> None:
    before = names(backup)
    with pytest.raises(BackupFault, match="is not empty"):
        back_up(backup)
    assert names(backup) == before


def test_a_file_is_refused(app_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupFault, match="is a file"):
        back_up(tmp_path / "file")


def test_a_folder_that_cannot_be_made(app_settings: Settings) -> None:
    with pytest.raises(BackupFault, match="cannot be written"):
        back_up(Path("/proc/backup"))


@pytest.fixture
def cleaned_meanwhile(monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs) -> Iterator[list[str]]:
    """Make a worker clean all photos after the backup has read the names and before it reads the first original."""
    read, asked = Storage.raw, list[str]()

    def raw(self: Storage, name: str) -> Iterator[bytes]:
        if name.startswith("quarantine/") and not asked:
            asked.append(name)
            run_jobs()
        return read(self, name)

    with monkeypatch.context() as patch:
        patch.setattr(Storage, "raw", raw)
        yield asked


def test_a_photo_that_is_cleaned_before_its_original_is_copied(
    received: uuid.UUID, cleaned_meanwhile: list[str], tmp_path: Path
) -> None:
    manifest = back_up(tmp_path / "backup").manifest
    assert cleaned_meanwhile
    assert names(tmp_path / "backup") == wanted()
    assert (len(manifest.names), manifest.lost) == (2 * len(SIZES), [])
    assert b"\tclean\t" in (tmp_path / "backup/database/photos.copy").read_bytes()
    assert b"\treceived\t" not in (tmp_path / "backup/database/photos.copy").read_bytes()


def test_an_original_that_was_copied_and_then_destroyed_does_not_live_on(
    received: uuid.UUID, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def cleaned_before_the_second() -> AbstractContextManager[Session]:
        if list((tmp_path / "backup").glob("files/*/*")):
            run_jobs()
        return snapshot()

    monkeypatch.setattr(make, "snapshot", cleaned_before_the_second)
    back_up(tmp_path / "backup")
    assert names(tmp_path / "backup") == wanted()
    assert len(names(tmp_path / "backup")) == 2 * len(SIZES)


def test_a_file_that_is_lost_does_not_stop_the_rest(accepted: uuid.UUID, tmp_path: Path) -> None:
    with transaction() as session:
        name = session.scalars(select(Photo)).one().clean_name("web")
    files().delete(name)
    manifest = back_up(tmp_path / "backup").manifest
    assert manifest.lost == [name]
    assert len(names(tmp_path / "backup")) == len(SIZES) - 1


def test_photos_that_change_faster_than_they_can_be_copied(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(make, "needed_files", lambda _session: [f"clean/{uuid.uuid4()}/{uuid.uuid4()}.web"])
    with pytest.raises(BackupFault, match="faster than they could be copied"):
        back_up(tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


def test_a_full_disk_leaves_nothing(
    received: uuid.UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make, "dump", full)
    with pytest.raises(BackupFault, match="No space left on device"):
        back_up(tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


def test_a_database_that_breaks_off_is_a_sentence_without_a_row(
    received: uuid.UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import psycopg

    def broken(*_: object) -> None:
        raise psycopg.OperationalError("COPY submissions, line 1: a word of somebody")

    monkeypatch.setattr(make, "dump", broken)
    with pytest.raises(BackupFault) as told:
        back_up(tmp_path / "backup")
    assert str(told.value).startswith("The database connection failed (OperationalError)")


def test_tables_of_another_revision(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("intake.health.database.newest_revision", lambda: "9999")
    with pytest.raises(BackupFault, match=r"revision \d+, and this version of Transom needs 9999"):
        back_up(tmp_path / "backup")
