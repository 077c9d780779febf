import hashlib
import json
import uuid
from itertools import compress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from intake.audit import heads, linking, verification
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.key import of_installation
from intake.backup.make import back_up
from intake.backup.restore import restore
from intake.backup.tables import LEFT_OUT
from intake.db import Base, engine, migrate, snapshot, transaction
from intake.health.database import installed, newest_revision
from intake.models import Event, Job, Photo, Submission
from intake.queue.page import editor_queue
from intake.settings import Settings
from intake.storage import files
from tests.backup.conftest import Go
from tests.backup.manifest import rewrite
from tests.cast import Contributor, RunJobs, join

TABLES = [table.name for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def rows(url: str) -> dict[str, list[Any]]:
    """All rows of a database, except those that no backup holds."""
    with psycopg.connect(url) as connection:
        return {
            name: connection.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1'.encode()).fetchall()
            for name in TABLES
        }


def restored_rows(url: str) -> dict[str, list[Any]]:
    """All rows of a restored database, except the event of the restore."""
    found = rows(url)
    (told,) = (row for row in found["events"] if "backup.restored" in row[0])
    found["events"].remove(told)
    return found


def queue() -> list[tuple[str, str]]:
    with transaction() as session:
        return [(str(item.id), item.title) for item in editor_queue(session).items]


def test_every_row_of_every_table_is_as_it_was(
    app_settings: Settings, elsewhere: Settings, backup: Path, key: Path
) -> None:
    before = rows(app_settings.database_url)
    assert [len(before[name]) for name in ("submissions", "decisions", "photos", "editors")] == [2, 1, 2, 1]
    restore(backup, elsewhere, key)
    assert restored_rows(elsewhere.database_url) == before
    assert installed(engine())[1] == newest_revision()


def test_the_chain_of_events_is_whole_and_goes_on(
    accepted: uuid.UUID, tmp_path: Path, key: Path, go: Go, empty_database_url: str
) -> None:
    linking.link_all()
    with transaction() as session:
        head = heads.current(session)
    assert head is not None
    back_up(tmp_path / "later")
    restore(tmp_path / "later", go(empty_database_url), key)
    linking.link_all()
    with transaction() as session:
        now = heads.current(session)
        assert now
        assert now.position == head.position + 1, "that of the restore"
        session.add(Event(name="queue.paused", data={}))
    linking.link_all()
    with snapshot() as session:
        found = verification.verify(session, head)
    assert (found.faults, found.count, found.waiting) == ([], head.position + 2, 0)


def test_the_key_is_in_its_place_and_every_photo_opens(
    elsewhere: Settings, backup: Path, key: Path, accepted: uuid.UUID
) -> None:
    restore(backup, elsewhere, key)
    assert elsewhere.master_key_path.stat().st_mode & 0o777 == 0o600
    with transaction() as session:
        photo = session.scalars(select(Photo).where(Photo.submission_id == accepted)).one()
        for size in ("full", "web", "thumb"):
            assert files().read(photo.clean_name(size), photo.submission.key)


def test_what_was_underway_is_finished_and_the_next_numbers_are_free(
    elsewhere: Settings, backup: Path, key: Path, received: uuid.UUID, run_jobs: RunJobs
) -> None:
    restore(backup, elsewhere, key)
    run_jobs()
    with transaction() as session:
        assert session.get_one(Submission, received).status == "in_review"
    assert [item for item, _ in queue()] == [str(received)]
    Contributor().submit()
    join("Tomas Havlik", "editor")


def test_a_job_that_ran_is_pending_and_its_attempt_is_not_counted(
    go: Go, received: uuid.UUID, empty_database_url: str, tmp_path: Path, app_settings: Settings
) -> None:
    from intake.backup.make import back_up
    from intake.jobs import ledger

    with transaction() as session:
        first, *_ = ledger.send_due(session, 10)
        ledger.take(session, first.id, "worker@gone")
    back_up(tmp_path / "backup")
    elsewhere = go(empty_database_url)
    (tmp_path / "copy.keys").write_bytes(of_installation(app_settings).data)
    restore(tmp_path / "backup", elsewhere, tmp_path / "copy.keys")
    with transaction() as session:
        jobs = session.scalars(select(Job).where(Job.submission_id == received)).all()
        assert {(job.status, job.attempts, job.lease_until) for job in jobs} == {("pending", 0, None)}


def test_constraints_are_as_before(elsewhere: Settings, backup: Path, key: Path) -> None:
    restore(backup, elsewhere, key)
    with psycopg.connect(elsewhere.database_url) as connection:
        deferrable = connection.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferrable"
        )
        assert deferrable.fetchall() == []


def test_a_second_attempt_after_one_that_broke_off(
    elsewhere: Settings, backup: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise psycopg.OperationalError("a word of somebody")

    with monkeypatch.context() as patch:
        patch.setattr("intake.backup.tables.load", broken)
        with pytest.raises(BackupFault, match=r"rejected the rows \(OperationalError\)"):
            restore(backup, elsewhere, key)
    restore(backup, elsewhere, key)
    assert rows(elsewhere.database_url)["submissions"]


def test_into_tables_that_nobody_has_used(go: Go, backup: Path, key: Path, empty_database_url: str) -> None:
    """State after a first start: the scheduler has started jobs, and the starter replies exist."""
    elsewhere = go(empty_database_url)
    migrate(elsewhere.sqlalchemy_url)
    with transaction() as session:
        session.add(Job(kind="housekeeping.sweep", slot="sweep 1"))
    restore(backup, elsewhere, key)
    with transaction() as session:
        assert session.scalars(select(Job).where(Job.slot == "sweep 1")).all() == []


OLD = "0005"
NULL = "\\N"
"""NULL in PostgreSQL's text format for COPY."""


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    elsewhere: Settings, backup: Path, key: Path
) -> None:
    migrate(elsewhere.sqlalchemy_url, OLD)
    _as_if_made_then(backup, _columns(elsewhere.database_url))
    restore(backup, elsewhere, key)
    assert installed(engine())[1] == newest_revision()
    told = rows(elsewhere.database_url)
    assert len(told["submissions"]) == 2
    assert len(told["submission_keys"]) == 2
    assert told["replies"]


def _columns(url: str) -> dict[tuple[str, str], str]:
    """Type of each column, by the names of table and column."""
    with psycopg.connect(url) as connection:
        listed = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        return {(table, column): kind for table, column, kind in connection.execute(listed)}


CLEAR = {"text": "Words", "character varying": "Words", "ARRAY": "{}", "jsonb": "{}"}
"""Type that a now sealed column had in revision OLD → an unsealed value of this type."""


def _in_clear(value: str, kind: str) -> str:
    return CLEAR[kind] if value.startswith("\\\\x") and kind != "bytea" else value


def _as_if_made_then(backup: Path, columns: dict[tuple[str, str], str]) -> None:
    """Change a backup to one of revision OLD: its tables and columns, words in clear, no starter replies."""
    told = json.loads((backup / "manifest.json").read_text())
    (backup / "backup.json").unlink()
    lines = (line.split("  ") for line in (backup / "SHA256SUMS").read_text().splitlines())
    sums = {name: digest for digest, name in lines}
    tables = [table for table in told["tables"] if table["name"] in {name for name, _ in columns}]
    for table in tables:
        columns_now = table["columns"]
        kept = [(table["name"], column) in columns for column in columns_now]
        path = backup / "database" / f"{table['name']}.copy"
        filled = path.read_text().split("\n")[:-1] if table["name"] != "replies" else []
        if table["name"] == "photos":
            columns_now, filled, kept = _photos_then(columns_now, filled, kept)
        if table["name"] == "submissions":
            wrapped = "\\\\x" + bytes(40).hex()
            columns_now, kept = [*columns_now, "wrapped_key"], [*kept, True]
            filled = [f"{row}\t{wrapped}" for row in filled]
        columns_then = list(compress(columns_now, kept))
        kinds = [columns[table["name"], column] for column in columns_then]
        rows_then = ["\t".join(map(_in_clear, compress(row.split("\t"), kept), kinds)) for row in filled]
        path.write_text("".join(f"{row}\n" for row in rows_then))
        counters = {name: number for name, number in table["counters"].items() if name in columns_then}
        table |= {"columns": columns_then, "rows": len(filled), "counters": counters}
        sums[f"database/{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    for name in told["names"]:
        now, then = Folder(backup).file_name(name), f"files/{name}"
        (backup / then).parent.mkdir(parents=True, exist_ok=True)
        (backup / now).rename(backup / then)
        sums[then] = sums.pop(now)
    del sums["manifest.json"], sums["present"]
    text = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    (backup / "SHA256SUMS").write_text(text)
    rewrite(
        backup,
        format=1,
        revision=OLD,
        tables=tables,
        files=len(told["names"]),
        sums=hashlib.sha256(text.encode()).hexdigest(),
    )


def _photos_then(
    columns: list[str], filled: list[str], kept: list[bool]
) -> tuple[list[str], list[str], list[bool]]:
    """Photos as in revision OLD: `removed` has counts, and clean photos have a `dhash`."""
    status, removed = columns.index("status"), columns.index("removed")
    then = []
    for row in filled:
        values = row.split("\t")
        values[removed] = '{"date": 3}' if values[status] == "clean" else "{}"
        then.append("\t".join([*values, "0" * 16 if values[status] == "clean" else NULL]))
    return [*columns, "dhash"], then, [*kept, True]
