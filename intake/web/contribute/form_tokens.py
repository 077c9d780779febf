"""One-time tokens of forms.

The receipt is derived from the token. Tokens are signed, so nobody can choose a receipt.
"""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from intake import receipts
from intake.crypto import keyring

SECONDS = 7 * 24 * 3600


def issue() -> str:
    """Create a token for a form. A form that is sent twice gets the same receipt."""
    return _serializer().dumps(receipts.new_token())


def receipt(token: str) -> str | None:
    """Return the canonical receipt of a token. None if the token is forged or older than a week."""
    try:
        return receipts.derive(f"form {_serializer().loads(token, max_age=SECONDS)}")
    except BadSignature:
        return None


def draft_receipt(token: str) -> str | None:
    """Return the canonical receipt of the draft that a token begins. None if the token is forged or expired."""
    try:
        return receipts.derive(f"draft {_serializer().loads(token, max_age=SECONDS)}")
    except BadSignature:
        return None


def upload() -> str:
    """Create a one-time token for the files of a form, so that a file that is sent twice is stored once."""
    return receipts.new_token()


def form_request_hash(token: str, receipt: str) -> bytes | None:
    """Return the hash by which a repeated answer or message is recognized.

    None if the token is forged or expired.
    """
    try:
        return _hashed("form", _serializer().loads(token, max_age=SECONDS), receipt)
    except BadSignature:
        return None


def api_request_hash(key: str, receipt: str) -> bytes:
    """Return the hash of idempotency key and receipt, by which a repeated API request is recognized."""
    return _hashed("api", key, receipt)


def _hashed(kind: str, token: str, receipt: str) -> bytes:
    # The receipt is part of the hash, because two API clients may choose the same key.
    return receipts.hashed(f"{kind} {receipt} {token}")


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("form token"), salt="form")
