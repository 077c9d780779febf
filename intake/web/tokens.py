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


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("form token"), salt="form")
