"""Authenticator apps: codes of six digits that change every 30 seconds (TOTP, RFC 6238).

Secrets are encrypted with a subkey of the application secret. A code that was accepted is not accepted again.
"""

import re
from datetime import timedelta

from passlib.exc import MalformedTokenError, TokenError
from passlib.totp import TOTP
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.accounts import login_throttle
from intake.crypto import keyring, seal, unseal
from intake.models import Editor, TotpSecret

CODES = 5
"""Largest number of codes that are checked in one PERIOD."""
PERIOD = timedelta(minutes=15)
WINDOW_SECONDS = 30
"""Largest difference between the clocks of the server and of the person's device."""


class TooManyCodes(Exception):
    """CODES codes were checked in the last PERIOD. Passkeys and recovery codes still work."""


def new_secret() -> str:
    """Create a secret of 160 random bits, in base32."""
    secret: str = TOTP.new().base32_key
    return secret


def uri(secret: str, *, account: str, issuer: str) -> str:
    """Return the otpauth: URI for a QR code. Colons in names are replaced, because a colon separates issuer and account."""
    link: str = TOTP(key=secret).to_uri(label=account.replace(":", " "), issuer=issuer.replace(":", " "))
    return link


def grouped(secret: str) -> str:
    """Return the secret in groups of four characters, to type it into an app."""
    return " ".join(re.findall(".{1,4}", secret))


def save(session: Session, editor: Editor, secret: str, code: str) -> bool:
    """Save the secret if `code` proves that the app has it. Replaces an earlier secret. `code` cannot be used again."""
    counter = _counter(secret, code, None)
    if counter is None:
        return False
    row = {"sealed": seal(_key(), secret.encode(), _context(editor.id)), "counter": counter}
    session.execute(
        insert(TotpSecret)
        .values(editor_id=editor.id, **row)
        .on_conflict_do_update(index_elements=[TotpSecret.editor_id], set_=row)
    )
    return True


def count_code(session: Session, editor_id: int) -> None:
    """Count a code before it is checked. Commit afterwards. Raises TooManyCodes."""
    if not login_throttle.count_in_period(session, f"totp {editor_id}", CODES, PERIOD):
        raise TooManyCodes


def accept(session: Session, editor_id: int, code: str) -> bool:
    """Return whether `code` is right and was not used before. A right code is used up and clears the count."""
    found = session.get(TotpSecret, editor_id)
    if found is None:
        return False
    secret = unseal(_key(), found.sealed, _context(editor_id)).decode()
    counter = _counter(secret, code, found.counter)
    if counter is None:
        return False
    # Of two requests with one code at the same time, only the first finds the lower counter.
    used = session.execute(
        update(TotpSecret)
        .where(TotpSecret.editor_id == editor_id, TotpSecret.counter < counter)
        .values(counter=counter)
        .returning(TotpSecret.editor_id)
    )
    if used.first() is None:
        return False
    login_throttle.clear_attempts(session, f"totp {editor_id}")
    return True


def is_shaped(typed: str) -> bool:
    """Return whether the text can be the code of an app: six digits, perhaps with spaces."""
    return bool(re.fullmatch(r"[0-9]{6}", re.sub(r"[\s-]", "", typed)))


def is_set_up(session: Session, editor_id: int) -> bool:
    """Return whether the account has an authenticator app."""
    return session.scalar(select(TotpSecret.editor_id).where(TotpSecret.editor_id == editor_id)) is not None


def _counter(secret: str, code: str, last: int | None) -> int | None:
    if not is_shaped(code):
        return None
    try:
        return int(
            TOTP(key=secret)
            .match(re.sub(r"[\s-]", "", code), window=WINDOW_SECONDS, last_counter=last)
            .counter
        )
    except (TokenError, MalformedTokenError):
        return None


def _key() -> bytes:
    return keyring().subkey("totp")


def _context(editor_id: int) -> bytes:
    return f"totp {editor_id}".encode()
