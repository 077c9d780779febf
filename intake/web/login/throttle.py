"""Passwords cannot be tried without end; and who tries them cannot lock out a browser that knows its way in."""

import hmac
import secrets
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Response, current_app, request
from flask_login import current_user
from flask_security.forms import ChangePasswordForm, LoginForm
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import TooManyRequests

from intake.accounts import login_throttle
from intake.crypto import keyring
from intake.db import transaction
from intake.web.current import config

KNOWN_SECONDS = 365 * 86400
NAME_BYTES = 16


class ThrottledLogin(LoginForm):
    """Flask-Security's, after the attempt has been counted, whether or not there is such an account."""

    def validate(self, **kwargs: Any) -> bool:
        """TooManyRequests after too many attempts."""
        _count(login_of(self.email.data or ""))
        return super().validate(**kwargs)


class ThrottledChange(ChangePasswordForm):
    """Flask-Security's: who sits down at an open session must not find out its password."""

    def validate(self, **kwargs: Any) -> bool:
        """TooManyRequests after too many attempts."""
        _count(change_of(current_user.id))
        return super().validate(**kwargs)


def login_of(typed: str) -> str:
    """Whose attempts are counted: the account's, or the browser's where that has logged in to this account before.

    Such a browser is counted by itself (OWASP calls it a device cookie): else ten wrong passwords every quarter of an
    hour would keep an editor out for as long as somebody likes.
    """
    address = _normal(typed)
    known, name = _known_browser()
    return f"login {address} {name}" if hmac.compare_digest(known, _mark(address)) else f"login {address}"


def change_of(editor_id: int) -> str:
    """Whose attempts are counted where the old password is asked for."""
    return f"change {editor_id}"


def know_browser(response: Response, address: str) -> Response:
    """This browser has logged in to this account. The cookie names neither to whoever finds it."""
    response.set_cookie(
        _cookie(),
        _serializer().dumps([_mark(_normal(address)), secrets.token_hex(NAME_BYTES)]),
        max_age=KNOWN_SECONDS,
        secure=config().secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def _count(whose: str) -> None:
    with transaction() as session:
        admitted = login_throttle.count_attempt(session, whose)
    if not admitted:
        raise TooManyRequests(retry_after=int(login_throttle.PERIOD.total_seconds()))


def _normal(typed: str) -> str:
    """The address as Flask-Security looks it up: one account must not be reached under a thousand spellings."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""  # no account has it, so all of these may be one


def _known_browser() -> tuple[str, str]:
    try:
        known, name = _serializer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return "", ""
    return known, name


def _mark(address: str) -> str:
    return hmac.digest(keyring().subkey("known address"), address.encode(), "sha256").hex()


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(keyring().subkey("known browser"), salt="known browser")
