"""Receipts: the code with which a contributor without an account returns to a submission.

A receipt has 16 characters of Crockford's base32 (80 bits), derived from the form's one-time token.
A second click, or a retry after a lost response, therefore shows the same code.
The database stores only a keyed hash of the receipt.
"""

import hmac
import secrets
import unicodedata

from intake.crypto import keyring

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 16
# Crockford's table of characters that people confuse.
CONFUSABLES = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Unicode categories of characters that stand between groups or are copied along with a code.
# These are spaces, dashes, control characters, and the format characters of right-to-left pages.
IGNORED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"})
MAX_TYPED_CHARACTERS = 200


def new_token() -> str:
    """Create a one-time token for a form: 128 random bits."""
    return secrets.token_urlsafe(16)


def derive(token: str) -> str:
    """Derive the receipt of a token, in its canonical form (without groups)."""
    digest = hmac.digest(keyring().subkey("receipt"), token.encode(), "sha256")
    bits = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(75, -1, -5))


def grouped(receipt: str) -> str:
    """Format a receipt in groups of four, as people read and type it."""
    return "-".join(receipt[i : i + 4] for i in range(0, CHARACTERS, 4))


def canonical(typed: str) -> str | None:
    """Convert a typed receipt to its canonical form. Returns None if the text cannot be a receipt."""
    if len(typed) > MAX_TYPED_CHARACTERS:
        return None
    # NFKC converts the full-width letters and digits of East Asian keyboards.
    signs = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in signs if unicodedata.category(sign) not in IGNORED_CATEGORIES).translate(
        CONFUSABLES
    )
    return code if len(code) == CHARACTERS and set(code) <= set(ALPHABET) else None


def hashed(receipt: str) -> bytes:
    """Return the hash that the database stores: HMAC-SHA256 with its own subkey.

    Without the subkey, a person with a copy of the database cannot test guesses of receipts.
    """
    return hmac.digest(keyring().subkey("receipt hash"), receipt.encode(), "sha256")
