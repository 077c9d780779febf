"""Rotation of the installation's key pair, and key files for servers that have only contributors' pages."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.crypto import KeyFault, Keyring, public_secrets, read_public_secrets
from intake.keys.files import prepare, public_text, read_private, read_public, replace, write_private
from intake.keys.holders import APPLICATION
from intake.keys.pair import PrivateKey, new_pair
from intake.settings import Settings

Counts = Mapping[str, int]
"""Holder → number of keys that are wrapped for it."""


@dataclass(frozen=True, repr=False)
class Begun:
    """Current key of a rotation. `is_new` is false if an interrupted rotation is continued."""

    key: PrivateKey
    is_new: bool


def begin(settings: Settings, stored: Counts) -> Begun:
    """Make a new key pair the current one, or continue an interrupted rotation, which has not wrapped all keys yet.

    The private key is durable before the public one is used. Raises KeyFault or OSError.
    """
    keys = read_private(settings.private_key_path)
    is_unfinished = any(stored.get(key.id) for key in keys.older)
    is_new = not is_unfinished and read_public(settings.public_key_path) == keys.current.public
    if is_new:
        write_private(settings.private_key_path, [new_pair(), *keys.keys])
    prepare(settings)
    return Begun(read_private(settings.private_key_path).current, is_new)


def destroy_old(settings: Settings, stored: Counts) -> list[str]:
    """Destroy the older private keys, and return their ids. Raises KeyFault while one of them is needed, or OSError.

    The old file is overwritten. On flash memory and on disks with snapshots, its bytes may survive all the same.
    """
    path = settings.private_key_path
    keys = read_private(path)
    for key in keys.older:
        if stored.get(key.id):
            raise KeyFault(
                f"{stored[key.id]:,} submissions need the older private key {key.id}. Run `transom keys rotate` first, which goes on."
            )
    if not keys.older:
        return []
    with path.open("r+b") as old:
        size = os.fstat(old.fileno()).st_size
        write_private(path, [keys.current])
        old.write(bytes(size))
        old.flush()
        os.fsync(old.fileno())
    return [key.id for key in keys.older]


def export_public(settings: Settings, ring: Keyring, folder: Path, stored: Counts) -> Iterator[Path]:
    """Write the files that a server for contributors only needs, with mode 600. Returns their paths.

    Raises KeyFault, or OSError if they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    current = read_private(settings.private_key_path).current.public
    for name, data in (
        (settings.public_key_path.name, public_text(current)),
        (settings.public_secrets_path.name, secrets_text(ring, stored)),
    ):
        replace(folder / name, data)
        yield folder / name


def write_public_secrets(settings: Settings, ring: Keyring, stored: Counts) -> None:
    """Write the secrets of the public side beside the other key files, if they are not there or changed.

    Raises KeyFault if the existing file was made from another application secret.
    """
    check_same_secret(settings, ring)
    path, data = settings.public_secrets_path, secrets_text(ring, stored)
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace(path, data)


def check_same_secret(settings: Settings, ring: Keyring) -> None:
    """Check that the file of public secrets was made from this application secret. Raises KeyFault."""
    path = settings.public_secrets_path
    if path.exists() and read_public_secrets(path).subkey("receipt") != ring.subkey("receipt"):
        raise KeyFault(
            f"The application secret {settings.master_key_path} is not the one from which {path} was written. Put your copy back. If it"
            f" is right, delete {path}, and run `transom migrate`."
        )


def secrets_text(ring: Keyring, stored: Counts) -> bytes:
    """Return the secrets of the public side. They can unwrap keys from before key pairs as long as there are such keys."""
    return public_secrets(ring, former_wrap=bool(stored.get(APPLICATION)))
