"""Backup of a running installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from intake.backup import checksums
from intake.backup.copies import Copies
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.manifest import Manifest, WrappedKey
from intake.backup.progress import ProgressDisplay, no_progress
from intake.backup.tables import Table, dump
from intake.db import driver_connection, snapshot
from intake.fsync import sync_folder
from intake.health import database
from intake.storage import StorageAway
from intake.submissions.removal import needed_files
from intake.version import VERSION

PASSES = 20


@dataclass(frozen=True)
class Snapshot:
    """Consistent state of the installation at one time.

    `tables` are the tables that were written to the backup. `needed` are the names of the files that their
    rows need. `lost` are the needed files that no longer exist. `keys` are for the manifest.
    """

    revision: str
    tables: list[Table]
    needed: list[str]
    lost: list[str]
    keys: list[WrappedKey]


def back_up(into: Path, progress: ProgressDisplay = no_progress) -> Manifest:
    """Back up the installation into a new or empty folder.

    Raises BackupFault or DatabaseUnavailable. The folder is empty then.
    """
    folder = Folder.fresh(into)
    with _cleared_on_failure(folder):
        copies = Copies(folder)
        seen = _take_snapshot(folder, copies, progress)
        copies.keep_only(seen.needed)
        manifest = Manifest(
            transom=VERSION,
            revision=seen.revision,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            tables=seen.tables,
            files=len(copies.sums),
            lost=seen.lost,
            keys=seen.keys,
            sums=checksums.write(folder, _all_checksums(folder, copies, seen.tables)),
        )
        manifest.write(folder)
    return manifest


@contextmanager
def _cleared_on_failure(folder: Folder) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        folder.clear()
        if isinstance(error, StorageAway):
            raise BackupFault(f"{error} {error.advice}") from None
        if isinstance(error, OSError):
            why = f"The backup in {folder.root} cannot be written ({error.strerror}): nothing was left there."
            raise BackupFault(why) from None
        if isinstance(error, psycopg.Error):
            why = f"The database connection failed ({type(error).__name__}): check that PostgreSQL runs, then try again."
            raise BackupFault(why) from None
        raise


def _take_snapshot(folder: Folder, copies: Copies, progress: ProgressDisplay) -> Snapshot:
    """Write the tables of the first database snapshot of which every needed file could be copied.

    During a snapshot, a worker may clean a photo and delete its original, or a retouch may replace copies.
    Then this function tries again with another snapshot, and keeps the files copied so far. Most files are
    copied before the first snapshot, outside any transaction. Tables are written only when no file is
    missing. So little time passes between the start of a snapshot and the copy of its last file.
    """
    with snapshot() as session:
        names = needed_files(session)
    gone = copies.take(names, progress)
    for _ in range(PASSES):
        with snapshot() as session:
            revision = _checked_revision(database.revision(session.connection()))
            names = needed_files(session)
            missing = copies.take(names, progress)
            # `gone` are the files that were missing when the copy before this snapshot was made. A row never
            # begins to need a file later. If the rows of this snapshot need such a file, it was therefore not
            # purged in the meantime: the installation has lost it, and another pass would not find it.
            if missing <= gone:
                written = dump(driver_connection(session), folder, progress)
                keys = [
                    WrappedKey(row.holder, str(row.submission_id), row.wrapped.hex())
                    for row in database.first_wrapped_keys(session)
                ]
                return Snapshot(revision, written, names, sorted(missing), keys)
        gone |= missing
    raise BackupFault(
        f"Photos changed faster than they could be copied, {PASSES} times: try again when less is sent."
    )


def _checked_revision(revision: str | None) -> str:
    if revision is None or revision != database.newest_revision():
        found = f"tables of revision {revision}" if revision else "no tables"
        raise BackupFault(
            f"The database has {found}, and this version of Transom needs {database.newest_revision()}: back up with the version that"
            " runs, or run `transom migrate` first."
        )
    return revision


def _all_checksums(folder: Folder, copies: Copies, written: list[Table]) -> dict[str, str]:
    paths = [folder.table(table.name) for table in written]
    sync_folder(folder.root / "database")
    of_tables = {str(path.relative_to(folder.root)): checksums.digest_of(path) for path in paths}
    return of_tables | {f"files/{name}": digest for name, digest in copies.sums.items()}
