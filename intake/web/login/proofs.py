"""Check passwords, codes and passkeys of an account, and offer its passkeys on pages."""

from dataclasses import dataclass

from flask import request

from intake.accounts.factors import changes, passkeys, recovery_codes, totp
from intake.accounts.factors.passkeys import PasskeyRefused
from intake.db import transaction
from intake.plurals import desk_noop
from intake.web.current import config, reading
from intake.web.login import challenges

APP, CODE, PASSKEY, PASSWORD = "app", "code", "passkey", "password"
WRONG_CODE = desk_noop(
    "This code is wrong, or it was used before. Wait for the next code of your app, or use a recovery code."
)
TOO_MANY_CODES = desk_noop(
    "Too many codes of an app were tried for this account. Wait a quarter of an hour. A passkey or a recovery code works now."
)
WRONG_PASSKEY = desk_noop("This passkey was not accepted. Try again, or use another way.")


@dataclass(frozen=True)
class PasskeyOffer:
    """Request of a page for a passkey: options for the browser as JSON, and the signed challenge."""

    options: str
    challenge: str


def offer(purpose: str, editor_id: int | None = None) -> PasskeyOffer | None:
    """Return what a page needs to ask for a passkey. None if there can be none.

    With `editor_id`, only passkeys of this account. Without it, the passkey replaces the password too.
    """
    here = passkeys.site(config())
    if here is None:
        return None
    challenge, signed = challenges.new(purpose)
    if editor_id is None:
        return PasskeyOffer(passkeys.discoverable_login_options(here, challenge), signed)
    with reading() as session:
        if not passkeys.has_passkeys(session, editor_id):
            return None
        return PasskeyOffer(passkeys.login_options(session, here, challenge, editor_id), signed)


def passkey_owner(purpose: str, editor_id: int | None = None, *, prefix: str = "") -> int:
    """Return the id of the account whose passkey answered this request's form. Raises PasskeyRefused."""
    here = passkeys.site(config())
    if here is None:
        raise PasskeyRefused
    challenge = challenges.read(request.form.get(f"{prefix}challenge", ""), purpose)
    answer = request.form.get(f"{prefix}answer", "")
    with transaction() as session:
        owner = passkeys.accept(
            session, here, challenge, answer, editor_id=editor_id, alone=editor_id is None
        )
        return owner.id


def check_code(editor_id: int, typed: str) -> str:
    """Return APP or CODE if the code is right, else "". A right code is used up.

    Raises TooManyCodes for codes of an app.
    """
    if recovery_codes.is_shaped(typed):
        with transaction() as session:
            return CODE if changes.use_code(session, editor_id, typed) else ""
    if not totp.is_shaped(typed):
        return ""
    with transaction() as session:
        totp.count_code(session, editor_id)
    with transaction() as session:
        return APP if totp.accept(session, editor_id, typed) else ""
