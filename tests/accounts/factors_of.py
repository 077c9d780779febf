"""Helpers for second factors in tests: set them up without pages, and make accounts older."""

import time
from datetime import timedelta

import pyotp
from sqlalchemy import update

from intake.accounts.factors import changes, totp
from intake.db import transaction
from intake.models import AccountNotice, Editor, TotpSecret


class App:
    """Authenticator app, by pyotp. `code` resets the last used counter, so that the server accepts each code."""

    def __init__(self, editor_id: int, secret: str, recovery_codes: list[str]) -> None:
        self.editor_id, self.secret, self.recovery_codes = editor_id, secret, recovery_codes

    def code(self) -> str:
        """Code that was not used before."""
        with transaction() as session:
            session.execute(
                update(TotpSecret)
                .where(TotpSecret.editor_id == self.editor_id)
                .values(counter=int(time.time()) // 30 - 3)
            )
        return self.shown()

    def shown(self) -> str:
        """Code that the app shows now, whether or not it was used."""
        return str(pyotp.TOTP(self.secret).now())


def set_up_app(editor_id: int) -> App:
    """Give an account an authenticator app."""
    secret = totp.new_secret()
    with transaction() as session:
        editor = session.get_one(Editor, editor_id)
        codes = changes.add_app(session, editor, secret, str(pyotp.TOTP(secret).now()))
    return App(editor_id, secret, codes)


def days_pass(editor_id: int, days: int) -> None:
    """Make an account older."""
    with transaction() as session:
        session.execute(
            update(Editor)
            .where(Editor.id == editor_id)
            .values(grace_since=Editor.grace_since - timedelta(days=days))
        )


def notices(editor_id: int) -> list[str]:
    """Return the kinds of all notices of an account, in their order."""
    with transaction() as session:
        found = session.query(AccountNotice).filter_by(editor_id=editor_id).order_by(AccountNotice.id)
        return [one.kind for one in found]
