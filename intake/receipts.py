"""Receipts: the code by which a contributor without an account comes back.

16 characters of Crockford's base32 (80 bits), derived from the form's one-time token, so that a second click
or a retry after a lost answer shows the same code. We keep a keyed hash of it and nothing else.
"""

import hmac
import secrets
import unicodedata

from intake.crypto import keyring

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 16
# Crockford's table of what people misread.
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
# What stands between groups or comes along when a code is copied from a page, also a right-to-left one:
# spaces, dashes, control and format characters (general categories of the Unicode database).
BETWEEN = frozenset({"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"})
LONGEST_TYPED = 200


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
    if len(typed) > LONGEST_TYPED:
        return None
    # NFKC: the full-width letters and digits of East Asian keyboards.
    signs = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in signs if unicodedata.category(sign) not in BETWEEN).translate(MISREAD)
    return code if len(code) == CHARACTERS and set(code) <= set(ALPHABET) else None


def hashed(receipt: str) -> bytes:
    """What the database keeps: HMAC-SHA256 under a key of its own, so a copied database confirms no guess."""
    return hmac.digest(keyring().subkey("receipt hash"), receipt.encode(), "sha256")
