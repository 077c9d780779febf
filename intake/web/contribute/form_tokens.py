"""One-time tokens of forms. They are signed, so that nobody can create receipts freely."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from intake import receipts
from intake.crypto import keyring

SECONDS = 7 * 24 * 3600


def issue() -> str:
    """Create a token for a form. Sending it twice gives one receipt."""
    return _serializer().dumps(receipts.new_token())


def receipt(token: str) -> str | None:
    """Return the canonical receipt of a token. None if the token is forged or older than a week."""
    try:
        return receipts.derive(f"form {_serializer().loads(token, max_age=SECONDS)}")
    except BadSignature:
        return None


def form_request_hash(token: str, receipt: str) -> bytes | None:
    """Hash that identifies a repeated answer or message of a receipt. None if the token is forged or expired."""
    try:
        return _hashed("form", _serializer().loads(token, max_age=SECONDS), receipt)
    except BadSignature:
        return None


def api_request_hash(key: str, receipt: str) -> bytes:
    """Hash that identifies a repeated API request of a receipt by its idempotency key."""
    return _hashed("api", key, receipt)


def _hashed(kind: str, token: str, receipt: str) -> bytes:
    # The receipt is included, because two programs may choose equal keys.
    return receipts.hashed(f"{kind} {receipt} {token}")


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("form token"), salt="form")
