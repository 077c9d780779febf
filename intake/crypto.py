"""Application secret with a subkey for each purpose, and encryption of values under a key.

The secret encrypts nothing of a submission. intake/keys/ has the keys that do.
"""

import contextlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from intake.fsync import sync_folder
from intake.settings import settings

KEY_BYTES = 32
NONCE_BYTES = 12
FORMER_WRAP = "wrap"
"""Purpose of the subkey that wrapped the keys of submissions before key pairs were introduced (intake/keys/)."""
# Purposes of the pages for contributors. A process that serves only them gets these subkeys, not the secret.
PUBLIC_PURPOSES = (
    "form token", "hour", "idempotency", "link hash", "link wrap", "proof of work", "public session", "receipt", "receipt hash",
    "receipt wrap", "upload", "upload key",
)  # fmt: skip


class KeyFault(Exception):
    """A key is missing, has the wrong size, or cannot decrypt a value."""


class Keyring:
    """Operations with the 32-byte application secret. No method returns the secret itself."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise KeyFault(f"The application secret must have {KEY_BYTES} bytes, not {len(master)}.")
        self._master = master

    def subkey(self, purpose: str) -> bytes:
        """Derive 32 bytes for one purpose with HKDF-SHA256 (RFC 5869). A leaked subkey reveals no other."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"transom {purpose}".encode()).derive(self._master)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Unwrap a submission's key that was wrapped before key pairs were introduced (AES Key Wrap, RFC 3394).

        Raises KeyFault if another secret wrapped it.
        """
        try:
            return aes_key_unwrap(self.subkey(FORMER_WRAP), wrapped)
        except InvalidUnwrap as error:
            raise KeyFault(
                "This application secret did not wrap that key. Was keys/master.key replaced?"
            ) from error


class PublicKeyring(Keyring):
    """Subkeys for the pages of contributors. Nothing of the desk can be derived from them."""

    def __init__(self, subkeys: dict[str, bytes]) -> None:
        self._subkeys = subkeys

    def subkey(self, purpose: str) -> bytes:
        """Return the 32 bytes for one purpose. Raises KeyFault for a purpose of the desk."""
        try:
            return self._subkeys[purpose]
        except KeyError:
            raise KeyFault(
                f"This process serves contributors only, and has no secret for the purpose “{purpose}”."
            ) from None


def public_secrets(ring: Keyring, *, former_wrap: bool) -> bytes:
    """Return the contents of the file that `read_public_secrets` reads.

    With `former_wrap`, the file also opens drafts and open submissions from before key pairs were introduced.
    """
    purposes = (*PUBLIC_PURPOSES, FORMER_WRAP) if former_wrap else PUBLIC_PURPOSES
    return (
        json.dumps({purpose: ring.subkey(purpose).hex() for purpose in purposes}, indent=1) + "\n"
    ).encode()


def read_public_secrets(path: Path) -> PublicKeyring:
    """Read the secrets of a process that serves only contributors. Raises KeyFault."""
    try:
        found = {purpose: bytes.fromhex(subkey) for purpose, subkey in json.loads(path.read_bytes()).items()}
    except OSError as error:
        raise KeyFault(
            f"The secrets of the public side {path} cannot be read ({error.strerror}). `transom keys export-public` writes"
            " them on a machine that has all keys."
        ) from None
    except (ValueError, AttributeError, TypeError):
        found = {}
    if not set(PUBLIC_PURPOSES) <= set(found) or any(len(one) != KEY_BYTES for one in found.values()):
        raise KeyFault(
            f"{path} is not complete: write it anew with `transom keys export-public` on a machine that has all keys."
        )
    return PublicKeyring(found)


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
    """Read the application secret at `path`. If the file does not exist, create one with mode 600.

    Several processes may call this at the same time: all of them get the same key.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        write_key(path, new_key())
        return path.read_bytes()


def read_shared_key(path: Path) -> bytes:
    """Read the application secret that all machines share. Raises KeyFault if the file does not exist.

    No key is created here. A key of this machine alone could not decrypt the other machines' files.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyFault(
            f"There is no application secret at {path}. With TRANSOM_S3_URL, Transom does not create one. Copy the key from"
            " another machine. On the first machine, run `transom keys create`."
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
    """Return this process's keyring, loaded once. Raises KeyFault.

    A process that serves only contributors has the subkeys for their pages, and reads no other file.
    """
    if settings().is_public_side:
        return read_public_secrets(settings().public_secrets_path)
    path = settings().master_key_path
    # Both key files are created together, so only the secret was lost. A new one would invalidate all receipts
    # and second factors.
    if not settings().s3_url and not path.exists() and settings().private_key_path.exists():
        raise KeyFault(f"The application secret {path} is missing: restore it from your copy.")
    return Keyring(read_shared_key(path) if settings().s3_url else read_or_create_key(path))
