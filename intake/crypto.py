"""Encryption keys: one master key, a subkey for each purpose, and a random key for each submission."""

import contextlib
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from intake.fsync import sync_folder
from intake.settings import settings

KEY_BYTES = 32
NONCE_BYTES = 12


class KeyFault(Exception):
    """A key is missing, has the wrong size, or cannot decrypt a value."""


class Keyring:
    """Operations with the 32-byte master key. No method returns the key itself."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise KeyFault(f"The master key must have {KEY_BYTES} bytes, not {len(master)}.")
        self._master = master

    def subkey(self, purpose: str) -> bytes:
        """Derive 32 bytes for one purpose with HKDF-SHA256 (RFC 5869). A leaked subkey reveals no other."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"transom {purpose}".encode()).derive(self._master)

    def wrap(self, key: bytes) -> bytes:
        """Wrap a submission's key for the database. Returns 40 bytes (AES Key Wrap, RFC 3394)."""
        return aes_key_wrap(self.subkey("wrap"), key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Unwrap a submission's key. Raises KeyFault if another master key wrapped it."""
        try:
            return aes_key_unwrap(self.subkey("wrap"), wrapped)
        except InvalidUnwrap as error:
            raise KeyFault("This master key did not wrap that key. Was keys/master.key replaced?") from error


def new_key() -> bytes:
    """Create a random 32-byte key for one submission."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt `plain` with AES-256-GCM. Returns the nonce (12 bytes) and the ciphertext.

    `context` is authenticated, not stored. With another context, decryption fails.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Decrypt a value from `seal`. Raises KeyFault if the value, the key or the context differs."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:  # ValueError: the value is too short to contain a nonce
        raise KeyFault("A sealed value does not open with this key.") from error


def read_or_create_key(path: Path) -> bytes:
    """Read the master key at `path`. If the file does not exist, create a key with mode 600.

    Several processes may call this at the same time: all of them get the same key.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        write_key(path, new_key())
        return path.read_bytes()


def read_shared_key(path: Path) -> bytes:
    """Read the master key that all machines share. Raises KeyFault if the file does not exist.

    No key is created here. A key of this machine alone could not decrypt the other machines' files.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyFault(
            f"There is no master key at {path}. With TRANSOM_S3_URL, Transom does not create one. Copy the key from"
            f" another machine. On the first machine, run `(umask 077; head -c {KEY_BYTES} /dev/urandom > {path})`."
        ) from None


def write_key(path: Path, key: bytes) -> None:
    """Write `key` to `path` with mode 600, unless the file exists already.

    A reader sees the whole key or no file. If two processes write at the same time, the first one wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as aside:  # mode 600
        aside.write(key)
        aside.flush()
        os.fsync(aside.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside.name, path)
    # Submissions received from now on can only be decrypted with this key, so it must survive a power cut.
    sync_folder(path.parent)


@cache
def keyring() -> Keyring:
    """Return this process's keyring, loaded once."""
    path = settings().master_key_path
    return Keyring(read_shared_key(path) if settings().s3_url else read_or_create_key(path))
