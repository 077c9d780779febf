"""Master key of a backup, which is stored outside the backup folder."""

import os
from pathlib import Path

from intake.backup.errors import BackupFault
from intake.backup.folder import open_private
from intake.backup.manifest import Manifest
from intake.crypto import KeyFault, Keyring
from intake.fsync import sync_folder


def copy_key(master: Path, to: Path, backup: Path) -> None:
    """Copy the master key to the file `to`.

    Raises BackupFault if `to` is inside the folder `backup`, or exists with other contents.
    """
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
    """Read the master key for a restore from `place` or `given`, and test that it decrypts the backup.

    `place` is the path of the installation's master key. `given` is a copy that an admin names. Raises
    BackupFault if there is no key, if the two keys differ, or if the key does not decrypt the backup.
    """
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
    """Check that the key file is outside the backup. Raises BackupFault.

    A person who obtains the backup must not obtain the key.
    """
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
    """Write the key to a new file. Raises FileExistsError if the file exists.

    The first master key is written by means of a hard link, but file systems of USB sticks have none.
    """
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
