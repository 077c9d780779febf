"""Key files of the installation: one with private keys, one with the public key.

A file has a line for each key: the id of the key pair, a space, and the key in hexadecimal. The first key is the
current one, to which the keys of new submissions are wrapped. Older private keys stay until they are destroyed.
"""

import contextlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.crypto import KeyFault, read_or_create_key, write_key
from intake.fsync import sync_folder
from intake.keys.pair import PrivateKey, PublicKey, is_key, new_pair
from intake.settings import Settings, settings

PUBLIC_SIDE = "This process serves contributors only, and opens no submission without its receipt."


@dataclass(frozen=True, repr=False)
class PrivateKeys:
    """Private keys of the installation. The first is the current one."""

    keys: tuple[PrivateKey, ...]

    @property
    def current(self) -> PrivateKey:
        """Private key of the pair to which the keys of new submissions are wrapped."""
        return self.keys[0]

    @property
    def older(self) -> tuple[PrivateKey, ...]:
        """Keys that were replaced by a rotation, and not destroyed yet."""
        return self.keys[1:]

    def find(self, pair_id: str) -> PrivateKey | None:
        """Return the private key of the key pair with this id, or None."""
        return next((key for key in self.keys if key.id == pair_id), None)


def read_private(path: Path) -> PrivateKeys:
    """Read a file of private keys. Raises KeyFault with a sentence that names the file."""
    return parse_private(_read(path, "private key"), path)


def parse_private(data: bytes, path: Path) -> PrivateKeys:
    """Read the contents of a file of private keys. Raises KeyFault with a sentence that names the file."""
    found = _parse(data, path, "private key")
    keys = tuple(PrivateKey(raw) for _, raw in found)
    if any(key.id != told for key, (told, _) in zip(keys, found, strict=True)):
        raise KeyFault(f"The private key {path} is damaged: restore it from your copy.")
    return PrivateKeys(keys)


def read_public(path: Path) -> PublicKey:
    """Read a file with a public key. Raises KeyFault with a sentence that names the file."""
    told, raw = _parse(_read(path, "public key"), path, "public key")[0]
    if PublicKey(raw).id != told:
        raise KeyFault(f"The public key {path} is damaged: `transom migrate` writes it anew.")
    return PublicKey(raw)


def _read(path: Path, kind: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyFault(f"The {kind} {path} cannot be read ({error.strerror}). {_advice(kind)}") from None


def _parse(data: bytes, path: Path, kind: str) -> list[tuple[str, bytes]]:
    with contextlib.suppress(ValueError):
        lines = [line.split() for line in data.decode("ascii").splitlines() if line.strip()]
        keys = [(told, bytes.fromhex(key)) for told, key in lines]
        if keys and all(is_key(key) for _, key in keys):
            return keys
    raise KeyFault(f"The {kind} {path} is no key file of Transom: restore it from your copy.")


def _advice(kind: str) -> str:
    if kind == "public key":
        return "Copy it from the machine that has the private key, or run `transom migrate` there."
    return "Restore it from your copy: docs/ops/keys.md."


def prepare(config: Settings) -> None:
    """Create missing key files: the application secret, a first key pair, and the public key of the current pair.

    Safe to repeat, and to run in several processes at once. Raises KeyFault if a key file is invalid, or if the application
    secret is missing while other key files exist. Raises OSError if a file cannot be written.
    """
    private, public = config.private_key_path, config.public_key_path
    others = (private, public, config.public_secrets_path)
    if not config.master_key_path.exists() and any(path.exists() for path in others):
        # A newly created secret would make all receipts, passwords and second factors invalid.
        raise KeyFault(
            f"The application secret {config.master_key_path} is missing: restore it from your copy."
        )
    if not private.exists():
        if public.exists():
            read_private(private)
        read_or_create_key(config.master_key_path)
        write_key(private, _text([new_pair()]))
    current = read_private(private).current.public
    if not public.exists():
        write_key(public, public_text(current))
    if read_public(public) != current:
        replace(public, public_text(current))


def write_private(path: Path, keys: Sequence[PrivateKey]) -> None:
    """Replace the file of private keys, which is durable afterwards. The first key becomes the current one."""
    replace(path, _text(keys))


def replace(path: Path, data: bytes) -> None:
    """Replace a file by one with mode 600. A reader sees the old file or the new one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as aside:
        try:
            aside.write(data)
            aside.flush()
            os.fsync(aside.fileno())
            Path(aside.name).replace(path)
        except BaseException:
            Path(aside.name).unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


def _text(keys: Sequence[PrivateKey]) -> bytes:
    return "".join(f"{key.id} {key.raw.hex()}\n" for key in keys).encode()


def public_text(key: PublicKey) -> bytes:
    """Return the contents of a file with a public key."""
    return f"{key.id} {key.raw.hex()}\n".encode()


class KeyHolder:
    """Keys of this process. Files are read when they are needed, and again after they changed."""

    def __init__(self, config: Settings) -> None:
        self._config = config
        self._public: tuple[tuple[int, int], PublicKey] | None = None
        self._private: PrivateKeys | None = None

    def public(self) -> PublicKey:
        """Return the public key. Raises KeyFault."""
        path = self._config.public_key_path
        try:
            seen = path.stat()
        except OSError:
            # If the key file has been read before, it was lost since. Creating a new pair would hide the loss.
            is_lost = self._public is not None and not self._config.private_key_path.exists()
            if not self._config.s3_url and not self._config.is_public_side and not is_lost:
                prepare(self._config)
            return read_public(path)
        stamp = (seen.st_mtime_ns, seen.st_ino)
        if self._public is None or self._public[0] != stamp:
            self._public = (stamp, read_public(path))
        return self._public[1]

    def remember(self) -> None:
        """Read the public key if it is there, so that this process makes no key pair if all files are lost later."""
        with contextlib.suppress(KeyFault):
            if self._config.public_key_path.exists():
                self.public()

    def private(self, pair_id: str) -> PrivateKey:
        """Return the private key of a key pair. Raises KeyFault, always in a process that serves only contributors."""
        if self._config.is_public_side:
            raise KeyFault(PUBLIC_SIDE)
        found = self._private.find(pair_id) if self._private else None
        if found is None:
            self._private = read_private(self._config.private_key_path)
            found = self._private.find(pair_id)
        if found is None:
            raise KeyFault(
                f"{self._config.private_key_path} does not have the private key {pair_id}: restore it from your copy."
            )
        return found

    @property
    def has_private(self) -> bool:
        """Return whether this process may read private keys, and there is a file of them."""
        return not self._config.is_public_side and self._config.private_key_path.exists()


@cache
def key_holder() -> KeyHolder:
    """Return the keys of this process."""
    return KeyHolder(settings())
