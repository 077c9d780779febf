"""Master key of a backup, which is kept apart from the backup."""

import os
from pathlib import Path

from intake.backup.errors import BackupFault
from intake.backup.folder import open_private
from intake.backup.manifest import Manifest
from intake.crypto import KeyFault, Keyring
from intake.fsync import sync_folder


def copy_key(master: Path, to: Path, backup: Path) -> None:
    """Copy the master key to the file `to`. Raises BackupFault if `to` is inside `backup` or holds something else."""
    _check_place(to, backup)
    key = _read(master)
    try:
        _write_new(to, key)
    except FileExistsError:
        if _read(to) != key:
            raise BackupFault(f"{to} is another key or file: name one that is not there yet.") from None
    except OSError as error:
        raise BackupFault(
            f"The key cannot be copied to {to} ({error.strerror}): name another file."
        ) from None


def matching_key(manifest: Manifest, given: Path | None, place: Path) -> bytes:
    """Find the key for a restore, at `place` or in `given`, and test it. Raises BackupFault if it does not fit."""
    if place.exists():
        key = _read(place)
        if given and _read(given) != key:
            raise BackupFault(
                f"There is another master key at {place} than {given}: move the wrong one away."
            )
    elif given:
        key = _read(given)
    else:
        raise BackupFault(
            f"There is no master key at {place}: name the copy that was kept apart, with --key FILE."
        )
    _unlock(manifest, key, given or place)
    return key


def _check_place(to: Path, backup: Path) -> None:
    """Refuse a key file inside the backup: whoever obtains the backup must not obtain the key."""
    if to.resolve().is_relative_to(backup.resolve()):
        raise BackupFault(f"{to} lies inside the backup: name a file elsewhere, best on another medium.")


def _unlock(manifest: Manifest, key: bytes, path: Path) -> None:
    try:
        ring = Keyring(key)
        if manifest.wrapped_key:
            ring.unwrap(bytes.fromhex(manifest.wrapped_key))
    except KeyFault:
        raise BackupFault(
            f"The key {path} does not open this backup: move it away, and name the key of the installation that was backed up."
        ) from None


def _write_new(path: Path, key: bytes) -> None:
    """Write a new file, without the hard link used for the first key, because USB file systems have none."""
    with open(path, "xb", opener=open_private) as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BackupFault(
            f"The master key {path} cannot be read ({error.strerror}): name it correctly."
        ) from None
