"""Making a backup while everything runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from intake.backup import sums
from intake.backup.copies import Copies
from intake.backup.fault import BackupFault
from intake.backup.folder import Folder
from intake.backup.manifest import Manifest
from intake.backup.tables import Table, dump
from intake.backup.watch import Watch, unwatched
from intake.db import driver_connection, snapshot
from intake.fsync import sync_folder
from intake.health import database
from intake.storage import StorageAway
from intake.submissions.removal import needed_files
from intake.version import VERSION

PASSES = 20


@dataclass(frozen=True)
class Snapshot:
    """What was seen at one moment: the tables as they were written, the files that their rows need, and those not to be had."""

    revision: str
    tables: list[Table]
    needed: list[str]
    lost: list[str]
    wrapped_key: bytes | None


def back_up(into: Path, watch: Watch = unwatched) -> Manifest:
    """Fill a new or empty folder; BackupFault, and then nothing is left in it. DatabaseUnavailable."""
    folder = Folder.fresh(into)
    with _nothing_left(folder):
        copies = Copies(folder)
        seen = _seen(folder, copies, watch)
        copies.keep_only(seen.needed)
        manifest = Manifest(
            transom=VERSION,
            revision=seen.revision,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            tables=seen.tables,
            files=len(copies.sums),
            lost=seen.lost,
            wrapped_key=seen.wrapped_key.hex() if seen.wrapped_key else None,
            sums=sums.write(folder, _all_sums(folder, copies, seen.tables)),
        )
        manifest.write(folder)
    return manifest


@contextmanager
def _nothing_left(folder: Folder) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        folder.clear()
        if isinstance(error, StorageAway):
            raise BackupFault(f"{error} {error.advice}") from None
        if isinstance(error, OSError):
            why = f"The backup in {folder.root} cannot be made ({error.strerror}): nothing was left there."
            raise BackupFault(why) from None
        if isinstance(error, psycopg.Error):
            why = f"The database broke off ({type(error).__name__}): see that it runs, then try again."
            raise BackupFault(why) from None
        raise


def _seen(folder: Folder, copies: Copies, watch: Watch) -> Snapshot:
    """The first snapshot of which every file could be copied.

    While one is looked at, a worker may clean a photo and destroy its original, or an editor's crop replace copies. Then
    another is taken, and copies of before are kept. Most files are copied ahead of it, outside any transaction, and tables are
    written only once no file is missing, so that little happens between a snapshot and its last file.
    """
    with snapshot() as session:
        names = needed_files(session)
    gone = copies.take(names, watch)
    for _ in range(PASSES):
        with snapshot() as session:
            revision = _ours(database.revision(session.connection()))
            names = needed_files(session)
            missing = copies.take(names, watch)
            # Rows never come to need again what they once did without. So a file that was gone before this snapshot,
            # and that its rows need, is lost to the installation too: no reason to be without a backup of the rest.
            if missing <= gone:
                written = dump(driver_connection(session), folder, watch)
                return Snapshot(
                    revision, written, names, sorted(missing), database.first_wrapped_key(session)
                )
        gone |= missing
    raise BackupFault(
        f"Photos changed faster than they could be copied, {PASSES} times: try again when less is sent."
    )


def _ours(revision: str | None) -> str:
    if revision is None or revision != database.newest_revision():
        found = f"tables of revision {revision}" if revision else "no tables"
        raise BackupFault(
            f"The database has {found}, and this version of Transom needs {database.newest_revision()}: back up with the version that"
            " runs, or run `transom migrate` first."
        )
    return revision


def _all_sums(folder: Folder, copies: Copies, written: list[Table]) -> dict[str, str]:
    paths = [folder.table(table.name) for table in written]
    sync_folder(folder.root / "database")
    of_tables = {str(path.relative_to(folder.root)): sums.digest_of(path) for path in paths}
    return of_tables | {f"files/{name}": digest for name, digest in copies.sums.items()}
