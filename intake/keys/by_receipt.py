"""Keys that are wrapped under a receipt, so that a contributor opens her submission and no other."""

import uuid

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.crypto import KEY_BYTES, KeyFault, keyring, seal, unseal


def wrap(key: bytes, receipt: str, submission_id: uuid.UUID) -> bytes:
    """Wrap a submission's key under its receipt, in canonical form. Returns 60 bytes."""
    return seal(_derived(receipt, submission_id), key, submission_id.bytes)


def unwrap(wrapped: bytes, receipt: str, submission_id: uuid.UUID) -> bytes:
    """Unwrap a submission's key. Raises KeyFault for another receipt or submission, or if a byte was changed."""
    try:
        return unseal(_derived(receipt, submission_id), wrapped, submission_id.bytes)
    except KeyFault:
        raise KeyFault("This receipt does not open the key of this submission.") from None


def _derived(receipt: str, submission_id: uuid.UUID) -> bytes:
    """Derive the wrapping key with HKDF-SHA256 (RFC 5869).

    The salt is a subkey of the application secret: guesses cannot be tried on a copy of the database alone.
    """
    info = b"transom receipt wrap 1 " + submission_id.bytes
    return HKDF(SHA256(), KEY_BYTES, salt=keyring().subkey("receipt wrap"), info=info).derive(
        receipt.encode()
    )
