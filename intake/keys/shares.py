"""Key pairs of people under passphrases, and keys that two of them open together.

The key of a sealed original is the XOR of two random shares, each wrapped by HPKE to one person. One share alone says nothing
about the key.
"""

import hashlib
import secrets
import uuid
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.crypto import KEY_BYTES, KeyFault, new_key, seal, unseal
from intake.keys.pair import PrivateKey, PublicKey, new_pair

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no letter looks like a digit."""
CHARACTERS, GROUP = 24, 4
"""Length of a passphrase, which has 120 random bits, and of its groups."""
SALT_BYTES = 16
ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
"""Cost of Argon2id for a passphrase: the second recommended parameters of RFC 9106, section 4."""
SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_TWINS = str.maketrans("OIL", "011")


class WrongPassphrase(KeyFault):
    """The passphrase does not open the key of this person."""


# No repr, because it would show the sealed key.
@dataclass(frozen=True, repr=False)
class SealedPair:
    """Key pair of a person. `sealed_private` opens with the passphrase alone, which is stored nowhere."""

    public: bytes
    salt: bytes
    sealed_private: bytes

    def opened(self, passphrase: str) -> PrivateKey:
        """Return the private key. Raises WrongPassphrase, also if a byte was changed."""
        try:
            raw = unseal(_derived(passphrase, self.salt), self.sealed_private, self.public)
        except KeyFault:
            raise WrongPassphrase("This passphrase does not open the key.") from None
        return PrivateKey(raw)


def new_passphrase() -> str:
    """Return a random passphrase, in groups for people."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS))
    return "-".join(drawn[at : at + GROUP] for at in range(0, CHARACTERS, GROUP))


def new_sealed_pair(passphrase: str) -> SealedPair:
    """Create a key pair whose private half opens with the passphrase."""
    pair, salt = new_pair(), secrets.token_bytes(SALT_BYTES)
    sealed = seal(_derived(passphrase, salt), pair.raw, pair.public.raw)
    return SealedPair(pair.public.raw, salt, sealed)


def _derived(passphrase: str, salt: bytes) -> bytes:
    """Derive a key with Argon2id. Letters that people confuse, spaces and hyphens make no difference.

    Does not use `cryptography`: OpenSSL limits the threads of a whole process, so of two derivations at the same time,
    one fails or waits for ever.
    """
    typed = passphrase.upper().translate(_TWINS)
    known = "".join(one for one in typed if one in ALPHABET)
    return hash_secret_raw(known.encode(), salt, ITERATIONS, MEMORY_KIB, LANES, KEY_BYTES, Type.ID)


def split(key: bytes) -> tuple[bytes, bytes]:
    """Split a key into two random shares. The XOR of both is the key."""
    first = new_key()
    return first, joined(first, key)


def joined(first: bytes, second: bytes) -> bytes:
    """Return the XOR of two shares of 32 bytes. Raises KeyFault for another length."""
    if len(first) != KEY_BYTES or len(second) != KEY_BYTES:
        raise KeyFault("A share has the wrong length.")
    return bytes(one ^ other for one, other in zip(first, second, strict=True))


def wrap(secret: bytes, reader: bytes, purpose: str, photo_id: uuid.UUID, *others: bytes) -> bytes:
    """Wrap 32 bytes to the public key `reader`. Returns 80 bytes.

    `unwrap` needs the same `purpose`, `photo_id` and public keys `others`.
    """
    public = X25519PublicKey.from_public_bytes(reader)
    return SUITE.encrypt(secret, public, info=_info(purpose, photo_id, reader, *others))


def unwrap(wrapped: bytes, reader: PrivateKey, purpose: str, photo_id: uuid.UUID, *others: bytes) -> bytes:
    """Unwrap a value from `wrap`. Raises KeyFault for another key, purpose, photo or pair, or if a byte was changed."""
    private = X25519PrivateKey.from_private_bytes(reader.raw)
    try:
        return SUITE.decrypt(wrapped, private, info=_info(purpose, photo_id, reader.public.raw, *others))
    except (InvalidTag, ValueError):
        raise KeyFault("A share does not open: it was changed, or belongs to another photo.") from None


def file_key(key: bytes, submission_key: bytes, photo_id: uuid.UUID) -> bytes:
    """Derive the key of a sealed file with HKDF-SHA256 from the key of the shares and that of the submission.

    Without either of them, the file does not open. A purge deletes the key of the submission. Then even both shares
    open nothing.
    """
    info = b"transom sealed original 1 " + photo_id.bytes
    return HKDF(SHA256(), KEY_BYTES, salt=submission_key, info=info).derive(key)


def fingerprint(public: bytes) -> str:
    """Return 16 hexadecimal digits that name a public key, in groups for people."""
    known = PublicKey(public).id
    return " ".join(known[at : at + 4] for at in range(0, len(known), 4))


def _info(purpose: str, photo_id: uuid.UUID, *publics: bytes) -> bytes:
    named = b"".join(hashlib.sha256(one).digest() for one in publics)
    return f"transom original {purpose} 1 ".encode() + photo_id.bytes + named
