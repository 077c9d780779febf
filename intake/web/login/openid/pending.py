"""Logins that a browser has begun at the provider, kept in its session cookie until it comes back."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from flask import session

from intake.accounts.openid.authorization import Secrets

KEY = "openid"
SECONDS = 600
"""Seconds within which the browser must return from the provider."""
MOST = 3
"""Largest number of pending logins in one browser (tabs). Browsers drop a cookie of more than 4,096 bytes."""
MOST_NEXT = 600
"""Longest address to return to, in characters."""
LOG_IN, LINK, CONFIRM, ACCEPT = "log in", "link", "confirm", "accept"


@dataclass(frozen=True)
class Pending:
    """A login that was begun. `subject` is the id of the account that links or confirms, or the token of an invitation.

    `next` is the address to go to afterwards, or "". `began_at` is in seconds since 1970.
    """

    purpose: str
    next: str
    subject: str
    nonce: str
    verifier: str
    began_at: float

    def secrets(self, state: str) -> Secrets:
        """Return state, nonce and PKCE verifier of the login."""
        return Secrets(state, self.nonce, self.verifier)


def begin(own: Secrets, purpose: str, *, next_address: str | None = None, subject: str = "") -> None:
    """Store a login that begins now. Of more than MOST pending logins, the oldest is dropped."""
    wanted = next_address if next_address and len(next_address) <= MOST_NEXT else ""
    begun = Pending(purpose, wanted, subject, own.nonce, own.verifier, time.time())
    # Sorted by time, because a cookie does not keep the order.
    others = sorted(_all().items(), key=lambda one: one[1]["began_at"])[-(MOST - 1) :]
    session[KEY] = {**dict(others), own.state: asdict(begun)}


def take(state: str) -> Pending | None:
    """Remove and return a login that this browser began. None if it is unknown, used or older than SECONDS."""
    begun = _all()
    found = begun.pop(state, None)
    session[KEY] = begun
    if found is None:
        return None
    pending = Pending(**found)
    return pending if 0 <= time.time() - pending.began_at < SECONDS else None


def _all() -> dict[str, Any]:
    return dict(session.get(KEY, {}))
