"""Keys of the search index: a key for each bucket.

A submission is in one of BUCKETS buckets. A word has a different term in each bucket, so the frequency of a word
is visible within one bucket only. A search asks for the terms of all buckets.
"""

import hashlib
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property, lru_cache

BUCKETS = 16
"""Number of buckets of one generation of keys."""
TERM_BYTES = 6
"""48 bits: of 10⁹ other terms, one equals a given term with a probability of 1 in 280,000."""
LINK_BYTES = 4
"""32 bits. A link is compared only within a submission that has the words, which has at most 60,000 links."""
WORD, BEGINNING, UNIT = b"word", b"beginning", b"unit"
"""Kinds of terms: a whole word or letter pair, the beginning of a word, one letter of a script without spaces."""
FORMER_BUCKET = 0
"""Bucket of search entries that earlier versions stored without keys. Their terms are words in clear."""


@dataclass(frozen=True, repr=False)
class BucketKey:
    """Key of a bucket, 32 bytes."""

    key: bytes

    def term(self, kind: bytes, form: str) -> str:
        """Return the HMAC of a word form for the search index, as 8 characters in which PostgreSQL needs no quoting."""
        return urlsafe_b64encode(self._hash(kind, form, TERM_BYTES)).decode()

    def link(self, kind: bytes, first: str, second: str, distance: int) -> int:
        """Return the keyed link of two forms that are `distance` positions apart, a signed number of 32 bits."""
        digest = self._hash(b"%s %d" % (kind, distance), f"{first}\0{second}", LINK_BYTES)
        return int.from_bytes(digest, "big", signed=True)

    def _hash(self, kind: bytes, data: str, size: int) -> bytes:
        hashed = _begun(self.key, kind, size).copy()
        hashed.update(data.encode())
        return hashed.digest()


# Copying a prepared hash object takes half the time of creating one, and a text has thousands of terms and links.
@lru_cache(maxsize=512)
def _begun(key: bytes, kind: bytes, size: int) -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=size, key=key, person=kind)


@dataclass(frozen=True, repr=False)
class Generation:
    """Keys of all buckets, derived from the secret of the installation and a random salt.

    `number` counts from 1. Buckets are numbered from 1 through all generations.
    """

    number: int
    secret: bytes
    salt: bytes

    @property
    def first_bucket(self) -> int:
        """Number of the first bucket."""
        return (self.number - 1) * BUCKETS + 1

    @cached_property
    def keys(self) -> tuple[BucketKey, ...]:
        """Keys of the buckets, in their order."""
        return tuple(BucketKey(self._derived(b"bucket", b"%d" % place, 32)) for place in range(BUCKETS))

    def place(self, submission_id: uuid.UUID) -> int:
        """Return the place of a submission's bucket among `keys`. It never changes."""
        return int.from_bytes(self._derived(b"place", submission_id.bytes, 4), "big") % BUCKETS

    def _derived(self, purpose: bytes, data: bytes, size: int) -> bytes:
        key = hashlib.blake2b(self.salt, key=self.secret, person=b"generation").digest()
        return hashlib.blake2b(data, key=key, person=purpose, digest_size=size).digest()
