"""Backup of a running installation."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from intake.backup import checksums, deleted
from intake.backup import manifest as manifests
from intake.backup.copies import Copies
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.header import BackupHeader
from intake.backup.installation import name_of
from intake.backup.manifest import Manifest, WrappedKey
from intake.backup.mark import marked
from intake.backup.progress import ProgressDisplay, no_progress
from intake.backup.tables import Table, dump
from intake.db import driver_connection, snapshot
from intake.health import database
from intake.settings import Settings, settings, split_list
from intake.storage import StorageAway
from intake.submissions import restored
from intake.submissions.removal import needed_files
from intake.version import VERSION

PASSES = 20


@dataclass(frozen=True)
class Snapshot:
    """Consistent state of the installation at one time.

    `tables` are the tables that were written to the backup. `needed` are the names of the files that their
    rows need. `lost` are the needed files that no longer exist. `keys` are for the manifest. `present` are the ids of the
    submissions that were not deleted. The state may be a little later than `begun_at`, never earlier.
    """

    begun_at: datetime
    revision: str
    tables: list[Table]
    needed: list[str]
    lost: list[str]
    keys: list[WrappedKey]
    present: list[uuid.UUID]


@dataclass(frozen=True)
class Made:
    """Complete backup."""

    header: BackupHeader
    manifest: Manifest


def back_up(into: Path, progress: ProgressDisplay = no_progress, config: Settings | None = None) -> Made:
    """Back up the installation into a new or empty folder. Encrypt the backup if the settings name recipients.

    Raises BackupFault or DatabaseUnavailable, and leaves the folder empty then.
    """
    config = config or settings()
    sealed_to, installation = split_list(config.backup_recipient), name_of(config)
    folder = Folder.fresh(into, sealed_to)
    with _cleared_on_failure(folder), marked(folder, installation):
        copies = Copies(folder)
        seen = _take_snapshot(folder, copies, progress)
        copies.keep_only(seen.needed)
        made_at = seen.begun_at.isoformat(timespec="seconds")
        manifest = Manifest(
            transom=VERSION,
            revision=seen.revision,
            made_at=made_at,
            tables=seen.tables,
            names=sorted(copies.names),
            lost=seen.lost,
            keys=seen.keys,
        )
        folder.add_sealed(manifests.NAME, [manifest.text.encode()])
        folder.add_sealed(deleted.NAME, ["".join(f"{one}\n" for one in seen.present).encode()])
        sums = checksums.text_of(folder.sums)
        folder.write(checksums.NAME, sums)
        folder.sync()
        digest = hashlib.sha256(sums.encode()).hexdigest()
        header = BackupHeader(str(uuid.uuid4()), installation, made_at, VERSION, digest, sealed_to)
        header.write(folder)
    return Made(header, manifest)


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
        begun_at = datetime.now(UTC)
        with snapshot() as session:
            revision = _checked_revision(database.revision(session.connection()))
            names = needed_files(session)
            missing = copies.take(names, progress)
            # `gone` are the files that were missing before this snapshot began. If rows of this snapshot still need
            # such a file, then it was not deleted by a purge: the installation has lost it. Another pass would not
            # find it either.
            if missing <= gone:
                written = dump(driver_connection(session), folder, progress)
                keys = [
                    WrappedKey(row.holder, str(row.submission_id), row.wrapped.hex())
                    for row in database.first_wrapped_keys(session)
                ]
                present = restored.present(session)
                return Snapshot(begun_at, revision, written, names, sorted(missing), keys, present)
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
