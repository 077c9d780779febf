"""Making an installation of a backup."""

from pathlib import Path

import psycopg

from intake.backup import key, sums
from intake.backup.fault import BackupFault
from intake.backup.folder import Folder
from intake.backup.manifest import Manifest, read
from intake.backup.tables import load
from intake.backup.watch import Watch, unwatched
from intake.crypto import write_key
from intake.db import driver_connection, engine, migrate, transaction
from intake.health import database
from intake.jobs import ledger
from intake.local.exclusive import alone
from intake.settings import Settings
from intake.storage import StorageAway, files

FILES = "files/"


def restore(
    source: Path, settings: Settings, given: Path | None = None, watch: Watch = unwatched
) -> Manifest:
    """Bring back the backup in `source`, all of it or nothing: the rows come last, in one transaction.

    `given` is a copy of the master key. BackupFault, CannotStart, DatabaseUnavailable; another attempt starts anew.
    """
    folder = Folder(source)
    manifest = read(folder)
    _check_version(manifest)
    names = sums.check(folder, manifest.sums, watch)
    master = key.fitting(manifest, given, settings.master_key_path)
    with alone(settings):
        _refuse_used(manifest)
        try:
            write_key(settings.master_key_path, master)
            _copy_files(folder, names, watch)
        except StorageAway as error:
            raise BackupFault(f"{error} {error.advice}") from None
        except OSError as error:
            raise BackupFault(
                f"{settings.data_dir} cannot be written ({error.strerror}): give it room and to this user."
            ) from None
        _load(manifest, folder, settings, watch)
        engine().dispose()
    return manifest


def _check_version(manifest: Manifest) -> None:
    if manifest.revision not in database.known_revisions():
        raise BackupFault(
            f"The backup was made by Transom {manifest.transom}, which is newer: restore it with that version."
        )


def _refuse_used(manifest: Manifest) -> None:
    """Rows that are there are not ours to delete, and a worker that runs would take up jobs before we are done."""
    _, revision = database.installed(engine())
    if revision is None:
        return
    if revision != manifest.revision:
        raise BackupFault(
            f"The database has tables of revision {revision}, the backup those of {manifest.revision}: name a database without tables."
        )
    with transaction() as session:
        if database.has_data(session):
            raise BackupFault("The database holds accounts or submissions: name one that is empty.")
        if database.has_live_process(session):
            raise BackupFault(
                "Transom is running on this database: stop its processes, wait for 20 seconds, and try again."
            )


def _copy_files(folder: Folder, names: list[str], watch: Watch) -> None:
    encrypted = [name.removeprefix(FILES) for name in names if name.startswith(FILES)]
    for name in watch("Copying files", encrypted):
        files().put_raw(name, folder.files.raw(name))


def _load(manifest: Manifest, folder: Folder, settings: Settings, watch: Watch) -> None:
    migrate(settings.sqlalchemy_url, manifest.revision)
    try:
        with transaction() as session:
            load(driver_connection(session), manifest.tables, folder, watch)
    except psycopg.Error as error:
        # Its message may quote a row.
        raise BackupFault(
            f"The database does not take the rows ({type(error).__name__}): see that it runs, then try again."
        ) from None
    migrate(settings.sqlalchemy_url)
    with transaction() as session:
        ledger.release_all(session)
