"""Keys of a backup, which are stored outside the backup folder: one file with everything that opens it.

Its lines are `application`, a space and the application secret in hexadecimal, then the lines of `installation.key`.
Copies from before key pairs were introduced are just the 32 bytes of the secret.
"""

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from intake.backup.errors import BackupFault
from intake.backup.manifest import Manifest, WrappedKey
from intake.crypto import KeyFault, Keyring, write_key
from intake.fsync import open_private, sync_folder
from intake.keys.files import PrivateKeys, parse_private, public_text
from intake.keys.holders import APPLICATION
from intake.keys.pair import PrivateKey
from intake.settings import Settings


@dataclass(frozen=True, repr=False)
class KeyCopy:
    """Contents of the key files. `private` is empty if there were no key pairs yet."""

    secret: bytes
    private: bytes = b""

    @property
    def data(self) -> bytes:
        """Contents of a file from which `parse` makes this copy again."""
        return f"{APPLICATION} {self.secret.hex()}\n".encode() + self.private

    def keys(self, path: Path) -> PrivateKeys:
        """Private keys of the copy. Raises KeyFault, which names `path`."""
        return parse_private(self.private, path) if self.private else PrivateKeys(())

    def write(self, settings: Settings) -> None:
        """Write the key files of an installation that are not there yet."""
        write_key(settings.master_key_path, self.secret)
        if self.private:
            write_key(settings.private_key_path, self.private)
            current = parse_private(self.private, settings.private_key_path).current
            write_key(settings.public_key_path, public_text(current.public))


def of_installation(settings: Settings) -> KeyCopy:
    """Read the key files of an installation. Raises BackupFault if one cannot be read."""
    return KeyCopy(_read(settings.master_key_path), _read(settings.private_key_path))


def parse(data: bytes) -> KeyCopy:
    """Read the contents of a copy. Anything else gives a KeyCopy whose secret has the wrong size, which `Keyring` refuses."""
    begin = f"{APPLICATION} ".encode()
    if not data.startswith(begin):
        return KeyCopy(data)
    first, _, private = data.partition(b"\n")
    try:
        return KeyCopy(bytes.fromhex(first[len(begin) :].decode("ascii")), private)
    except ValueError:
        return KeyCopy(b"")


def copy_key(settings: Settings, to: Path, backup: Path) -> None:
    """Copy all keys that open submissions to the file `to`.

    Raises BackupFault if `to` is inside the folder `backup`, or exists with other contents.
    """
    _check_place(to, backup)
    data = of_installation(settings).data
    try:
        _write_new(to, data)
    except FileExistsError:
        if _read(to) != data:
            raise BackupFault(f"{to} is another key or file: name one that is not there yet.") from None
    except OSError as error:
        raise BackupFault(
            f"The keys cannot be copied to {to} ({error.strerror}): name another file."
        ) from None


def put_back(settings: Settings, given: Path) -> None:
    """Write the key files that are missing, from a copy.

    An existing file of private keys may differ in older keys, which `transom keys destroy-old` destroys. Raises BackupFault if
    `given` is no copy of the keys, if it has no private keys, or if a different key file exists.
    """
    copy = parse(_read(given))
    try:
        Keyring(copy.secret)
        current = copy.keys(given).current
    except (KeyFault, IndexError):
        raise BackupFault(
            f"{given} is no copy of the keys: name the file that `transom backup --key` wrote."
        ) from None
    private = settings.private_key_path
    expected = {
        settings.master_key_path: copy.secret,
        private: copy.private,
        settings.public_key_path: public_text(current.public),
    }
    for place, data in expected.items():
        found = _read(place) if place.exists() else data
        if found != data and not (place == private and _has_current(found, place, current)):
            raise BackupFault(
                f"Another key is in {place} than in {given}. If the keys were rotated after this copy was made, name a newer copy. If the"
                " file is the wrong one, move it away."
            )
    copy.write(settings)


def _has_current(data: bytes, path: Path, current: PrivateKey) -> bool:
    """Return whether `current` is the current key in the contents of a file of private keys."""
    try:
        return parse_private(data, path).current.raw == current.raw
    except KeyFault:
        return False


def matching_key(manifest: Manifest, given: Path | None, settings: Settings) -> KeyCopy:
    """Read the keys for a restore from the installation or from `given`, and test that they open the backup.

    `given` is a copy that an admin names. Raises BackupFault if there are no keys, if those of the installation differ
    from the copy, or if they do not open the backup.
    """
    place = settings.master_key_path
    copy = parse(_read(given)) if given else None
    if place.exists() or settings.private_key_path.exists():
        private = _read(settings.private_key_path) if settings.private_key_path.exists() else b""
        found = KeyCopy(_read(place), private)
        if copy and (found.secret, found.private or copy.private) != (copy.secret, copy.private):
            raise BackupFault(
                f"There are other keys in {place.parent} than {given}: move the wrong ones away."
            )
        copy = KeyCopy(found.secret, found.private or (copy.private if copy else b""))
    if copy is None:
        raise BackupFault(
            f"There are no keys in {place.parent}: name the copy that was kept apart, with --key FILE."
        )
    _unlock(manifest, copy, given or place)
    return copy


def _check_place(to: Path, backup: Path) -> None:
    """Check that the key file is outside the backup. Raises BackupFault.

    A person who obtains the backup must not obtain the key.
    """
    if to.resolve().is_relative_to(backup.resolve()):
        raise BackupFault(f"{to} lies inside the backup: name a file elsewhere, best on another medium.")


def _unlock(manifest: Manifest, copy: KeyCopy, path: Path) -> None:
    try:
        ring, private = Keyring(copy.secret), copy.keys(path)
        if manifest.wrapped_key:
            ring.unwrap(bytes.fromhex(manifest.wrapped_key))
        for one in manifest.keys:
            _open(one, ring, private)
    except KeyFault:
        raise BackupFault(
            f"The key {path} does not open this backup: move it away, and name the key of the installation that was backed up."
        ) from None


def _open(one: WrappedKey, ring: Keyring, private: PrivateKeys) -> None:
    wrapped = bytes.fromhex(one.wrapped)
    if one.holder == APPLICATION:
        ring.unwrap(wrapped)
        return
    key = private.find(one.holder)
    if key is None:
        raise KeyFault("The copy lacks a private key.")
    key.unwrap(wrapped, uuid.UUID(one.submission_id))


def _write_new(path: Path, data: bytes) -> None:
    """Write the keys to a new file. Raises FileExistsError if the file exists.

    Does not use `crypto.write_key`, which needs hard links: file systems of USB sticks have none.
    """
    with open(path, "xb", opener=open_private) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BackupFault(f"The key {path} cannot be read ({error.strerror}): name it correctly.") from None
