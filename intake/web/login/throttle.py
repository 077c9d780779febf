"""Throttling of password attempts. An attacker cannot lock out a browser that has logged in before."""

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
    """Login form that counts the attempt first, even if there is no such account."""

    def validate(self, **kwargs: Any) -> bool:
        """Count the attempt, then validate. Raises TooManyRequests after too many attempts."""
        _count(login_key(self.email.data or ""))
        return super().validate(**kwargs)


class ThrottledChange(ChangePasswordForm):
    """Password form with a limit of attempts, so that nobody can guess the password in an open session."""

    def validate(self, **kwargs: Any) -> bool:
        """Count the attempt, then validate. Raises TooManyRequests after too many attempts."""
        _count(password_change_key(current_user.id))
        return super().validate(**kwargs)


def login_key(typed: str) -> str:
    """Return the key under which login attempts are counted: by account, or by account and known browser.

    A browser that has logged in to the account before has its own counter (device cookie, OWASP).
    Otherwise an attacker could lock an editor out with ten wrong passwords every quarter of an hour.
    """
    address = _normal(typed)
    known, name = _known_browser()
    return f"login {address} {name}" if hmac.compare_digest(known, _mark(address)) else f"login {address}"


def password_change_key(editor_id: int) -> str:
    """Return the key under which attempts to change the password are counted."""
    return f"change {editor_id}"


def set_device_cookie(response: Response, address: str) -> Response:
    """Set the device cookie of an account. The cookie does not reveal the e-mail address."""
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
    """Normalize an e-mail address like Flask-Security, so that all spellings share one counter."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""  # no account has an invalid address, so all invalid addresses share one counter


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
