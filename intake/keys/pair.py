"""Key pairs of the installation, and keys that are wrapped to them by HPKE (RFC 9180).

The suite is DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The submission's id is part of `info`, so a wrapped
key that was moved to another submission does not open.
"""

import hashlib
import uuid
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from intake.crypto import KEY_BYTES, KeyFault

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
ID_CHARACTERS = 16


@dataclass(frozen=True)
class PublicKey:
    """Public half of a key pair, 32 bytes. It wraps keys, and cannot unwrap them."""

    raw: bytes

    @cached_property
    def id(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the public key. Names the key pair in files and database."""
        return hashlib.sha256(self.raw).hexdigest()[:ID_CHARACTERS]

    def wrap(self, key: bytes, submission_id: uuid.UUID) -> bytes:
        """Wrap a submission's key. Returns 80 bytes, which differ at each call."""
        return SUITE.encrypt(key, X25519PublicKey.from_public_bytes(self.raw), info=_info(submission_id))


# No repr, because it would show the key.
@dataclass(frozen=True, repr=False)
class PrivateKey:
    """Private half of a key pair, 32 bytes."""

    raw: bytes

    @cached_property
    def public(self) -> PublicKey:
        """Public half of the same key pair."""
        return PublicKey(X25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw())

    @cached_property
    def _loaded(self) -> X25519PrivateKey:
        """Private half as an object of `cryptography`. Cached, because loading takes half as long as unwrapping a key."""
        return X25519PrivateKey.from_private_bytes(self.raw)

    @property
    def id(self) -> str:
        """Id of the key pair, which is the id of its public half."""
        return self.public.id

    def unwrap(self, wrapped: bytes, submission_id: uuid.UUID) -> bytes:
        """Unwrap a submission's key. Raises KeyFault for another key or submission, or if a byte was changed."""
        try:
            return SUITE.decrypt(wrapped, self._loaded, info=_info(submission_id))
        except (InvalidTag, ValueError) as error:
            raise KeyFault(
                f"The private key {self.id} does not open the key of this submission: one of both was replaced."
            ) from error


def new_pair() -> PrivateKey:
    """Create a random key pair."""
    return PrivateKey(X25519PrivateKey.generate().private_bytes_raw())


def _info(submission_id: uuid.UUID) -> bytes:
    return b"transom submission key 1 " + submission_id.bytes


def is_key(raw: bytes) -> bool:
    """Return whether the bytes have the length of a public or private key."""
    return len(raw) == KEY_BYTES
