"""The one-time token that a form carries, signed so that nobody makes receipts at will."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from intake import receipts
from intake.crypto import keyring

SECONDS = 7 * 24 * 3600


def issue() -> str:
    """A token for a new form; whoever sends it twice gets the same receipt twice."""
    return _serializer().dumps(receipts.new_token())


def receipt(token: str) -> str | None:
    """The canonical receipt that belongs to a token; None if it is not ours or older than a week."""
    try:
        return receipts.derive(f"form {_serializer().loads(token, max_age=SECONDS)}")
    except BadSignature:
        return None


def sent_with(token: str, receipt: str) -> bytes | None:
    """What tells an answer or a message of a canonical receipt's from a repeated one; None as `receipt` is."""
    try:
        return _hashed("form", _serializer().loads(token, max_age=SECONDS), receipt)
    except BadSignature:
        return None


def called_with(key: str, receipt: str) -> bytes:
    """The same for a program's own key."""
    return _hashed("api", key, receipt)


def _hashed(kind: str, token: str, receipt: str) -> bytes:
    # With the receipt: two programs may choose the same key.
    return receipts.hashed(f"{kind} {receipt} {token}")


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("form token"), salt="form")
