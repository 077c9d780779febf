"""Receipts: the code by which a contributor without an account comes back.

16 characters of Crockford's base32 (80 bits), derived from the form's one-time token, so that a second click
or a retry after a lost answer shows the same code. We keep a keyed hash of it and nothing else.
"""

import hmac
import secrets

from intake.crypto import keyring

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 16
# Crockford's table: what people misread, and the signs they put between groups.
MISREAD = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\t": None, "–": None, "—": None}
)


def new_token() -> str:
    """A one-time token for a form: 128 random bits."""
    return secrets.token_urlsafe(16)


def derive(token: str) -> str:
    """The receipt that belongs to a token, in its canonical form (no groups)."""
    digest = hmac.digest(keyring().subkey("receipt"), token.encode(), "sha256")
    bits = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(75, -1, -5))


def grouped(receipt: str) -> str:
    """Groups of four, as people read and type it."""
    return "-".join(receipt[i : i + 4] for i in range(0, CHARACTERS, 4))


def canonical(typed: str) -> str | None:
    """What someone typed, brought to the canonical form; None if it cannot be a receipt."""
    code = typed.upper().translate(MISREAD).strip()
    return code if len(code) == CHARACTERS and set(code) <= set(ALPHABET) else None


def hashed(receipt: str) -> bytes:
    """What the database keeps: HMAC-SHA256 under a key of its own, so a copied database confirms no guess."""
    return hmac.digest(keyring().subkey("receipt hash"), receipt.encode(), "sha256")
