"""Restore of an installation from a backup."""

from pathlib import Path

import psycopg

from intake.audit import roles
from intake.backup import checksums, key
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.manifest import Manifest, read
from intake.backup.progress import ProgressDisplay, no_progress
from intake.backup.tables import load
from intake.db import driver_connection, engine, migrate, owner_transaction, transaction
from intake.health import database
from intake.jobs import ledger
from intake.local.exclusive import exclusive_access
from intake.settings import Settings
from intake.storage import StorageAway, files

FILES = "files/"


def restore(
    source: Path, settings: Settings, given: Path | None = None, progress: ProgressDisplay = no_progress
) -> Manifest:
    """Restore the backup in `source`, completely or not at all. Rows are loaded last, in one transaction.

    `given` is a copy of the keys. Raises BackupFault, CannotStart or DatabaseUnavailable. A failed
    restore can be repeated.
    """
    folder = Folder(source)
    manifest = read(folder)
    _check_version(manifest)
    names = checksums.check(folder, manifest.sums, progress)
    keys = key.matching_key(manifest, given, settings)
    with exclusive_access(settings):
        _refuse_used(manifest)
        try:
            keys.write(settings)
            _copy_files(folder, names, progress)
        except StorageAway as error:
            raise BackupFault(f"{error} {error.advice}") from None
        except OSError as error:
            raise BackupFault(
                f"{settings.data_dir} cannot be written ({error.strerror}): make room, and make it writable for this user."
            ) from None
        _load(manifest, folder, settings, progress)
        engine().dispose()
    return manifest


def _check_version(manifest: Manifest) -> None:
    if manifest.revision not in database.known_revisions():
        raise BackupFault(
            f"The backup was made by Transom {manifest.transom}, which is newer: restore it with that version."
        )


def _refuse_used(manifest: Manifest) -> None:
    """Check that the database has no data and that no process of Transom uses it. Raises BackupFault.

    A running worker would start jobs before the restore is complete.
    """
    with owner_transaction() as session:
        revision = database.revision(session.connection())
    if revision is None:
        return
    if revision != manifest.revision:
        raise BackupFault(
            f"The database has tables of revision {revision}, the backup those of {manifest.revision}: name a database without tables."
        )
    with owner_transaction() as session:
        if database.has_data(session):
            raise BackupFault("The database holds accounts or submissions: use an empty one.")
        if database.has_live_process(session):
            raise BackupFault(
                "Transom is running on this database: stop its processes, wait for 20 seconds, and try again."
            )


def _copy_files(folder: Folder, names: list[str], progress: ProgressDisplay) -> None:
    encrypted = [name.removeprefix(FILES) for name in names if name.startswith(FILES)]
    for name in progress("Copying files", encrypted):
        files().put_raw(name, folder.files.raw(name))


def _load(manifest: Manifest, folder: Folder, settings: Settings, progress: ProgressDisplay) -> None:
    migrate(settings.owner_url, manifest.revision)
    try:
        # The application's own role may neither truncate tables nor defer their constraints.
        with owner_transaction() as session:
            load(driver_connection(session), manifest.tables, folder, progress)
    except psycopg.Error as error:
        # Omit PostgreSQL's message, because it may quote a row.
        raise BackupFault(
            f"The database rejected the rows ({type(error).__name__}): check that it runs, then try again."
        ) from None
    migrate(settings.owner_url)
    roles.grant(settings)
    with transaction() as session:
        ledger.release_all(session)
