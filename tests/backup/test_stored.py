"""Rotation deletes what the policy does not keep, and nothing that is not a complete backup of this installation."""

import multiprocessing
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.backup import header, mark, stored
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.header import BackupHeader
from intake.backup.installation import name_of
from intake.backup.make import back_up
from intake.crypto import new_key, write_key
from intake.db import transaction
from intake.models import Backup
from intake.settings import Settings

DAY = timedelta(days=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Folder of backups."""
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


@pytest.fixture
def config(app_settings: Settings) -> Settings:
    """Settings with a policy, of an installation with its secret."""
    if not app_settings.master_key_path.exists():
        write_key(app_settings.master_key_path, new_key())
    return replace(app_settings, backup_keep="3d")


def make(place: Path, installation: str, *days: int, prefix: str = "") -> None:
    """Make folders that look like backups of so many days ago."""
    for one in days:
        root = place / f"{prefix}{one}"
        root.mkdir()
        (root / "data").write_text("rows")
        at = (datetime.now(UTC) - one * DAY).isoformat(timespec="seconds")
        BackupHeader(str(uuid.uuid4()), installation, at, "0.1", "", []).write(Folder(root))


def names(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


def surplus(place: Path, config: Settings) -> list[str]:
    return [one.root.name for one in stored.surplus(stored.found(place), name_of(config), config)]


def test_only_own_complete_backups_that_the_policy_does_not_keep(place: Path, config: Settings) -> None:
    mine = name_of(config)
    make(place, mine, 0, 1, 2, 5, 40)
    make(place, "0123456789abcdef", 50, 60, prefix="other")
    make(place, "", 70, prefix="nameless")
    (place / "8").mkdir()
    (place / "8" / "database").mkdir()
    (place / "9").mkdir()
    (place / "9" / "backup.json").write_text("{}")
    (place / "10").write_text("a file")
    assert surplus(place, config) == ["40", "5"]
    assert surplus(place, replace(config, backup_keep="")) == []


def test_the_last_good_one_is_never_deleted(place: Path, config: Settings) -> None:
    make(place, name_of(config), 300, 400)
    # Newer folders that are not complete do not count as good ones.
    (place / "new").mkdir()
    (place / "new" / "SHA256SUMS").write_text("")
    assert surplus(place, config) == ["400"]


def test_without_the_secret_nothing_is_recognised(place: Path, config: Settings) -> None:
    make(place, "", 10, 20)
    config.master_key_path.unlink()
    assert name_of(config) == ""
    assert surplus(place, config) == []
    assert not config.master_key_path.exists()


def test_backups_in_the_format_of_before_are_listed_and_not_deleted(place: Path, config: Settings) -> None:
    (place / "old").mkdir()
    told = '{"format": 1, "transom": "0.1", "made_at": "2026-01-01T00:00:00+00:00", "sums": ""}'
    (place / "old" / "manifest.json").write_text(told)
    make(place, name_of(config), 0)
    assert surplus(place, config) == []
    assert [one.root.name for one in stored.remember(place, name_of(config))] == ["old", "0"]


def test_a_deletion_that_is_interrupted_leaves_no_backup(
    place: Path, config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = name_of(config)
    make(place, mine, 5)

    def killed(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", killed)
        with pytest.raises(BackupFault, match="cannot be deleted"):
            stored.delete(stored.found(place)[0])
    assert stored.found(place) == []
    assert mark.remove_interrupted(place, mine) == [place / "5"]
    assert names(place) == set()


def _write_for_ever(place: Path, installation: str, ready: Event) -> None:
    with mark.marked(Folder(place), installation):
        ready.set()
        multiprocessing.Event().wait()


def test_what_a_killed_backup_leaves_is_removed_and_what_a_running_one_writes_is_not(
    place: Path, config: Settings
) -> None:
    mine = name_of(config)
    (place / "now").mkdir()
    (place / "now" / "rows").write_text("original")
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    process = context.Process(target=_write_for_ever, args=(place / "now", mine, ready))
    process.start()
    assert ready.wait(30)
    assert mark.remove_interrupted(place, mine) == []
    process.kill()
    process.join()
    assert mark.remove_interrupted(place, "0123456789abcdef") == []
    assert mark.remove_interrupted(place, mine) == [place / "now"]
    assert names(place) == set()


def test_a_process_that_was_killed_after_the_end_leaves_a_backup(place: Path, config: Settings) -> None:
    make(place, name_of(config), 0)
    mark.leave(place / "0", name_of(config))
    assert mark.remove_interrupted(place, name_of(config)) == []
    assert not (place / "0" / mark.NAME).exists()
    assert header.read(place / "0").installation == name_of(config)


def test_a_mark_of_somebody_else_is_left(place: Path, config: Settings) -> None:
    for text in ("", "[]", '{"application": "other"}'):
        (place / "their").mkdir(exist_ok=True)
        (place / "their" / mark.NAME).write_text(text)
        assert mark.remove_interrupted(place, name_of(config)) == []
    assert names(place) == {"their"}


def known() -> Iterable[tuple[str, bool]]:
    with transaction() as session:
        rows = session.scalars(select(Backup).order_by(Backup.made_at))
        return [(Path(row.place).name, row.is_encrypted) for row in rows]


def test_the_database_follows_the_folder(place: Path, config: Settings, tmp_path: Path) -> None:
    mine = name_of(config)
    make(place, mine, 1, 0)
    make(place, "0123456789abcdef", 2, prefix="other")
    (tmp_path / "second").mkdir()
    make(tmp_path / "second", mine, 3)
    stored.remember(tmp_path / "second", mine)
    stored.remember(place, mine)
    stored.remember(place, mine)
    assert known() == [("second", False), ("place", False), ("place", False)]
    stored.delete(stored.found(place)[1])
    stored.remember(place, mine)
    stored.remember(tmp_path / "is not there", mine)
    assert known() == [("second", False), ("place", False)]


def test_a_backup_that_was_made_is_recognised(config: Settings, place: Path) -> None:
    made = back_up(place / "first", config=config)
    assert stored.own(stored.found(place), name_of(config))[0].header == made.header
    assert not (place / "first" / mark.NAME).exists()
