"""Restore of an installation from a backup."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from intake.audit import linking, roles
from intake.backup import age, checksums, key, stored, tables
from intake.backup import header as headers
from intake.backup import manifest as manifests
from intake.backup.deleted import Later, destroy_keys, latest
from intake.backup.errors import BackupFault
from intake.backup.folder import PIECE, Folder
from intake.backup.header import BackupHeader
from intake.backup.installation import name_from
from intake.backup.manifest import Manifest
from intake.backup.progress import ProgressDisplay, no_progress
from intake.db import driver_connection, engine, migrate, owner_transaction, transaction
from intake.health import database
from intake.jobs import ledger
from intake.local.exclusive import exclusive_access
from intake.models import record
from intake.settings import Settings
from intake.storage import StorageAway, files
from intake.submissions import restored

OLD_FILES = "files/"


@dataclass(frozen=True)
class Checked:
    """Verified backup, which the identities decrypt. `later` is a newer backup beside it, or None."""

    header: BackupHeader
    folder: Folder
    manifest: Manifest
    later: Later | None


@dataclass(frozen=True)
class Restored:
    """Result of a restore. `deleted` are the submissions deleted again, because `later` does not list them."""

    checked: Checked
    deleted: Collection[uuid.UUID]


def check(source: Path, identity: Path | None = None, progress: ProgressDisplay = no_progress) -> Checked:
    """Verify all checksums of a backup, and decrypt everything except the files of submissions. Writes nothing.

    `identity` is a file with identities, or `-`. Raises BackupFault.
    """
    header = headers.read(source)
    folder = _opened(source, header, identity)
    manifest = manifests.read(folder)
    _check_version(manifest)
    names = checksums.check(source, header.sums, progress)
    if header.format == 1:
        old = [name.removeprefix(OLD_FILES) for name in names if name.startswith(OLD_FILES)]
        manifest = replace(manifest, names=old)
    tables.check(manifest.tables, folder, progress)
    return Checked(header, folder, manifest, latest(source, header, folder))


def restore(
    source: Path,
    settings: Settings,
    given: Path | None = None,
    progress: ProgressDisplay = no_progress,
    identity: Path | None = None,
) -> Restored:
    """Restore the backup in `source`, completely or not at all. Rows are loaded last, in one transaction.

    `given` is a copy of the keys. Raises BackupFault, CannotStart or DatabaseUnavailable. A failed
    restore can be repeated.
    """
    checked = check(source, identity, progress)
    keys = key.matching_key(checked.manifest, given, settings)
    _check_origin(checked.header, keys)
    with exclusive_access(settings):
        _refuse_used(checked.manifest)
        try:
            keys.write(settings)
            _copy_files(checked, progress)
        except StorageAway as error:
            raise BackupFault(f"{error} {error.advice}") from None
        except OSError as error:
            raise BackupFault(
                f"{settings.data_dir} cannot be written ({error.strerror}): make room, and make it writable for this user."
            ) from None
        deleted = _load(checked, settings, progress)
        engine().dispose()
    return Restored(checked, deleted)


def _opened(source: Path, header: BackupHeader, identity: Path | None) -> Folder:
    if header.is_sealed and identity is None:
        raise BackupFault(
            f"The backup in {source} is encrypted: name the identity of {' or '.join(header.recipients)}, with --identity FILE."
        )
    identities = age.identities(identity) if identity else ()
    return Folder(source, header.recipients, identities, is_old=header.format == 1)


def _check_origin(header: BackupHeader, keys: key.KeyCopy) -> None:
    if header.installation and header.installation != name_from(keys.secret):
        raise BackupFault(
            "The application secret is not that of the installation that was backed up: name the copy of its keys."
        )


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


def _copy_files(checked: Checked, progress: ProgressDisplay) -> None:
    """Copy the files of submissions, except submissions that were deleted after the backup."""
    later = checked.later
    names = [
        name
        for name in checked.manifest.names
        if later is None or uuid.UUID(name.split("/")[1]) in later.present
    ]
    for name in progress("Copying files", names):
        files().put_raw(name, _chunks(checked.folder.root / checked.folder.file_name(name)))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(PIECE):
            yield chunk


def _load(checked: Checked, settings: Settings, progress: ProgressDisplay) -> Collection[uuid.UUID]:
    """Load the rows. Returns the ids of submissions that were deleted again."""
    gone: Collection[uuid.UUID] = ()
    migrate(settings.owner_url, checked.manifest.revision)
    try:
        # The application's own role may neither truncate tables nor defer their constraints.
        with owner_transaction() as session:
            connection = driver_connection(session)
            tables.load(connection, checked.manifest.tables, checked.folder, progress)
            if checked.later:
                gone = destroy_keys(connection, checked.later)
    except psycopg.Error as error:
        # Omit PostgreSQL's message, because it may quote a row.
        raise BackupFault(
            f"The database rejected the rows ({type(error).__name__}): check that it runs, then try again."
        ) from None
    migrate(settings.owner_url)
    roles.grant(settings)
    with transaction() as session:
        ledger.release_all(session)
        record(session, "backup.restored", made=stored.minute(checked.header.at), deleted=len(gone))
        linking.begin_waiting(session)
    restored.purge(gone)
    return gone
