"""Keys: one master key, a subkey for each purpose, and a random key for each submission."""

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
    """A key is missing, has the wrong size, or does not fit what it should open."""


class Keyring:
    """What the master key (32 bytes) can do; the key itself is not handed out."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise KeyFault(f"The master key must have {KEY_BYTES} bytes, not {len(master)}.")
        self._master = master

    def subkey(self, purpose: str) -> bytes:
        """32 bytes for one purpose, by HKDF-SHA256 (RFC 5869): one leaked subkey does not give the next."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"transom {purpose}".encode()).derive(self._master)

    def wrap(self, key: bytes) -> bytes:
        """A submission's key, wrapped for the database (RFC 3394; 40 bytes)."""
        return aes_key_wrap(self.subkey("wrap"), key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The submission's key; KeyFault when the master key is another than the one that wrapped it."""
        try:
            return aes_key_unwrap(self.subkey("wrap"), wrapped)
        except InvalidUnwrap as error:
            raise KeyFault("This master key did not wrap that key. Was keys/master.key replaced?") from error


def new_key() -> bytes:
    """A random key for one submission."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Nonce (12 bytes) and AES-256-GCM of `plain`, bound to `context` so that it cannot be moved elsewhere."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """The plain bytes; KeyFault if anything about them, the key or the context differs."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise KeyFault("A sealed value does not open with this key.") from error


def read_or_make(path: Path) -> bytes:
    """The master key at `path`, made with mode 600 if there is none; safe when several start at once."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        put_key(path, new_key())
        return path.read_bytes()


def read_shared(path: Path) -> bytes:
    """The master key that all machines have; KeyFault if there is none, since one made here would be of use here alone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyFault(
            f"There is no master key at {path}. Where TRANSOM_S3_URL is set none is made: copy that of the other"
            f" machines, or on the first one run `(umask 077; head -c {KEY_BYTES} /dev/urandom > {path})`."
        ) from None


def put_key(path: Path, key: bytes) -> None:
    """Write `key` to `path` with mode 600, unless there is one. A reader sees the whole key or none; of two writers one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as aside:  # mode 600
        aside.write(key)
        aside.flush()
        os.fsync(aside.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside.name, path)
    # Everything that is taken in from now on can be opened by this key alone.
    sync_folder(path.parent)


@cache
def keyring() -> Keyring:
    """This process's keyring."""
    path = settings().master_key_path
    return Keyring(read_shared(path) if settings().s3_url else read_or_make(path))
