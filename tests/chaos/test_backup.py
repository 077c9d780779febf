"""A backup taken while submissions arrive can be restored, and the restored installation continues."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Job, Photo, Submission
from intake.queue.page import editor_queue
from intake.settings import Settings
from intake.storage import Disk
from tests.opened import key_of, open_words
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole, running

pytestmark = pytest.mark.slow

BEFORE = 30
PICTURE = jpeg_with_gps(640, 480, "CNRYbackup")
SIZES = ("full", "web", "thumb")


def test_nothing_whose_receipt_was_given_before_is_missing_after(tmp_path: Path) -> None:
    backup, key = tmp_path / "backup", tmp_path / "stick.key"
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with running(one) as whole:
        before = {f"Before {number}" for number in range(BEFORE)}
        for title in sorted(before):
            whole.submit(title, photos=[PICTURE, PICTURE])
        with _arriving(whole):
            done = whole.transom("backup", str(backup), "--key", str(key))
    assert done.returncode == 0, done.stderr
    assert "lost" not in done.stderr
    snapshot = _statuses(backup)
    reviewed = {number for number, status in snapshot.items() if status == "in_review"}
    print(f"\n{len(snapshot)} submissions in the snapshot, {len(reviewed)} of them in review; {done.stderr}")
    _restore(backup, key, other)
    with running(other) as whole, _engine(whole) as engine:
        assert whole.transom("doctor").returncode == 0
        assert _readable(engine, whole.settings) >= 2 * len(reviewed)
        until(lambda: _in_review(engine) == snapshot.keys(), 120)
        assert _readable(engine, whole.settings) == 2 * len(snapshot)
        shown = _queue(engine, whole.settings)
        assert shown.keys() == snapshot.keys()
        assert before <= set(shown.values())
        until(lambda: _unfinished(engine) == 0, 60)
        assert not list(Disk(whole.settings.files_dir).listing("quarantine"))


@contextmanager
def _arriving(whole: Whole) -> Iterator[None]:
    """Send submissions until the block ends, as fast as they are accepted. Some exist when it begins."""
    enough, some = threading.Event(), threading.Event()

    def send() -> None:
        number = 0
        while not enough.is_set():
            whole.submit(f"During {number}", photos=[PICTURE, PICTURE])
            number += 1
            if number == 3:
                some.set()

    thread = threading.Thread(target=send)
    thread.start()
    try:
        assert some.wait(60)
        yield
    finally:
        enough.set()
        thread.join()


def _restore(backup: Path, key: Path, other: Path) -> None:
    env = {"TRANSOM_DATA_DIR": str(other / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "intake", "restore", str(backup), "--key", str(key)],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _statuses(backup: Path) -> dict[str, str]:
    """Id of each submission in the snapshot → its status."""
    tables = json.loads((backup / "manifest.json").read_text())["tables"]
    columns = next(table["columns"] for table in tables if table["name"] == "submissions")
    rows = [line.split("\t") for line in (backup / "database/submissions.copy").read_text().splitlines()]
    return {row[columns.index("id")]: row[columns.index("status")] for row in rows}


@contextmanager
def _engine(whole: Whole) -> Iterator[Engine]:
    made = connect(whole.settings.sqlalchemy_url)
    yield made
    made.dispose()


def _readable(engine: Engine, settings: Settings) -> int:
    """Number of clean photos. Fails if one of their copies cannot be decrypted."""
    storage = Disk(settings.files_dir)
    with Session(engine) as session:
        photos = session.scalars(select(Photo).where(Photo.status == "clean")).all()
        for photo in photos:
            key = key_of(photo.submission, settings)
            assert all(storage.read(photo.clean_name(size), key) for size in SIZES)
    return len(photos)


def _in_review(engine: Engine) -> set[str]:
    with Session(engine) as session:
        found = session.scalars(select(Submission.id).where(Submission.status == "in_review"))
        return {str(one) for one in found}


def _queue(engine: Engine, settings: Settings) -> dict[str, str]:
    shown: dict[str, str] = {}
    after: str | None = ""
    with Session(engine) as session:
        open_words(session, settings)
        while after is not None:
            page = editor_queue(session, after=after)
            shown |= {str(item.id): item.title for item in page.items}
            after = page.next
    return shown


def _unfinished(engine: Engine) -> int:
    with Session(engine) as session:
        due = (Job.status != "done") & (Job.run_at <= func.now())
        return session.scalar(select(func.count()).where(due)) or 0
