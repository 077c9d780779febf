"""One-time tokens of forms.

The receipt is derived from the token. Tokens are signed, so nobody can choose a receipt.
"""

import time

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from intake import receipts
from intake.crypto import keyring

SECONDS = 7 * 24 * 3600


PATIENT = "patient "
"""Prefix of a token for a form that is shown again, and was not filled in suspiciously fast the first time."""


def issue(*, patient: bool = False) -> str:
    """Create a token for a form. A form that is sent twice gets the same receipt.

    `patient` says that the form is shown again with an error, and was not sent too fast the first time.
    """
    return _serializer().dumps((PATIENT if patient else "") + receipts.new_token())


def age(token: str) -> int:
    """Return the age of a token in seconds, accurate to one second. 0 for a forged token.

    SECONDS for an expired token, and for the token of a form that is shown again (see `issue`).
    """
    try:
        payload, made = _serializer().loads(token, max_age=SECONDS, return_timestamp=True)
    except SignatureExpired:
        return SECONDS
    except BadSignature:
        return 0
    return SECONDS if payload.startswith(PATIENT) else int(time.time() - made.timestamp())


def receipt(token: str) -> str | None:
    """Return the canonical receipt derived from a token. None if the token is forged or older than a week."""
    try:
        return receipts.derive(f"form {_serializer().loads(token, max_age=SECONDS)}")
    except BadSignature:
        return None


def draft_receipt(token: str) -> str | None:
    """Return the canonical receipt of a draft, derived from a token. None if it is forged or expired."""
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
