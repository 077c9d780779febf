"""The master key, which goes another way than the backup that it opens."""

import os
from pathlib import Path

from intake.backup.fault import BackupFault
from intake.backup.folder import for_us_alone
from intake.backup.manifest import Manifest
from intake.crypto import KeyFault, Keyring
from intake.fsync import sync_folder


def hand_out(master: Path, to: Path, backup: Path) -> None:
    """Copy the key at `master` to a file of its own; BackupFault for one inside `backup`, or one that holds something else."""
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


def fitting(manifest: Manifest, given: Path | None, place: Path) -> bytes:
    """The key that is to open what is restored: the one at `place`, or the one given; BackupFault if it does not fit."""
    if place.exists():
        key = _read(place)
        if given and _read(given) != key:
            raise BackupFault(
                f"There is another master key at {place} than {given}: move away the one that is wrong."
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
    """Whoever gets hold of the backup must not have the key as well."""
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
    """Without a link from a file aside, as the key is first made: the file systems of USB sticks have none."""
    with open(path, "xb", opener=for_us_alone) as file:
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
