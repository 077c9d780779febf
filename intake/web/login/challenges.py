"""Challenges for passkeys. They are kept in signed form fields, so that tabs of one browser do not share a challenge."""

import secrets
import time

from itsdangerous import BadSignature, URLSafeTimedSerializer

from intake.accounts.factors.passkeys import Challenge, PasskeyRefused
from intake.crypto import keyring

BYTES = 32
SECONDS = 600


def new(purpose: str) -> tuple[Challenge, str]:
    """Create a challenge for one purpose. Returns the challenge, and its signed text for a form field."""
    value, issued = secrets.token_bytes(BYTES), time.time_ns() // 1000
    return Challenge(value, issued), _signer().dumps([value.hex(), issued, purpose])


def read(signed: str, purpose: str) -> Challenge:
    """Return a challenge. Raises PasskeyRefused if it is forged, older than SECONDS, or for another purpose."""
    try:
        value, issued, wanted = _signer().loads(signed, max_age=SECONDS)
    except BadSignature as error:
        raise PasskeyRefused from error
    if wanted != purpose:
        raise PasskeyRefused
    return Challenge(bytes.fromhex(value), issued)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("passkey challenge"), salt="passkey challenge")
