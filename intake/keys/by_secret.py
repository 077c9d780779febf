"""Submission keys wrapped under one person's secret (receipt or link), which opens this submission only."""

import uuid
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.crypto import KEY_BYTES, KeyFault, keyring, seal, unseal


@dataclass(frozen=True)
class SecretWrap:
    """Wrapping of keys under one kind of secret. `kind` is used in error messages and in the key derivation."""

    kind: str

    def wrap(self, key: bytes, secret: str, submission_id: uuid.UUID) -> bytes:
        """Wrap a submission's key. Returns 60 bytes."""
        return seal(self._derived(secret, submission_id), key, submission_id.bytes)

    def unwrap(self, wrapped: bytes, secret: str, submission_id: uuid.UUID) -> bytes:
        """Unwrap a submission's key. Raises KeyFault for another secret or submission, or if a byte was changed."""
        try:
            return unseal(self._derived(secret, submission_id), wrapped, submission_id.bytes)
        except KeyFault:
            raise KeyFault(f"This {self.kind} does not open the key of this submission.") from None

    def _derived(self, secret: str, submission_id: uuid.UUID) -> bytes:
        """Derive the wrapping key with HKDF-SHA256 (RFC 5869).

        The salt is a subkey of the application secret, so that a secret cannot be guessed with the database alone.
        """
        info = f"transom {self.kind} wrap 1 ".encode() + submission_id.bytes
        salt = keyring().subkey(f"{self.kind} wrap")
        return HKDF(SHA256(), KEY_BYTES, salt=salt, info=info).derive(secret.encode(errors="replace"))


RECEIPT_WRAP = SecretWrap("receipt")
"""The contributor's receipt, in canonical form."""
LINK_WRAP = SecretWrap("link")
"""The secret of a reading link."""
