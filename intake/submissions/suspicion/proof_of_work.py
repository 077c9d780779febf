"""Proof of work by ALTCHA (https://altcha.org), protocol 2: a computation that costs a browser or a bot a second per form.

A challenge is signed with a key of its own form, so a solution is worth nothing to another form. A form can be sent only
once, since its receipt is unique. So no list of used solutions is needed.
"""

import hmac
import json
import time

from altcha import create_challenge, verify_solution

from intake.crypto import keyring

ALGORITHM = "PBKDF2/SHA-256"
"""Key derivation that the browser repeats until it finds a solution, in a worker thread, so that typing never waits."""
ITERATIONS = 4000
PREFIX = "00"
"""Hexadecimal digits with which a derived key must begin. One number in 256 gives such a key, on average."""
SECONDS = 24 * 3600
MOST_CHARACTERS = 2000


def challenge(bound_to: str) -> str:
    """Return a challenge in JSON for one form. `bound_to` is its one-time token, or the receipt of its draft."""
    made = create_challenge(
        ALGORITHM,
        ITERATIONS,
        key_prefix=PREFIX,
        expires_at=int(time.time()) + SECONDS,
        hmac_secret=_key(bound_to),
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def is_solved(solution: str, bound_to: str) -> bool:
    """Return whether a solution in Base64 is right, not expired, and for this form."""
    return bool(solution) and verify_solution(solution, _key(bound_to)).verified


def _key(bound_to: str) -> bytes:
    return hmac.digest(keyring().subkey("proof of work"), bound_to.encode(), "sha256")
