"""Throttling of password attempts, which cannot lock a person out.

A browser that has logged in before has its own counter. In other browsers, a second factor together with the password
is accepted without delay, however many wrong passwords strangers have tried.
"""

import hmac
import secrets
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Response, current_app, g, make_response, render_template, request
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_security.forms import ChangePasswordForm, LoginForm
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import TooManyRequests
from wtforms import StringField

from intake.accounts import login_throttle
from intake.accounts.factors.totp import TooManyCodes
from intake.accounts.notices import tell_once_a_day
from intake.accounts.people import by_address
from intake.crypto import keyring
from intake.db import transaction
from intake.plurals import desk_noop
from intake.web.current import config
from intake.web.forms.fields import YesField
from intake.web.language import gettext
from intake.web.limits import count
from intake.web.login.passwords import place_for
from intake.web.login.proofs import check_code
from intake.web.login.words import translate

KNOWN_SECONDS = 365 * 86400
NAME_BYTES = 16
WRONG = desk_noop("You could not be logged in. Check what you typed.")


class ThrottledLogin(LoginForm):
    """Login form that counts the attempt before it checks anything, even if the account does not exist.

    `code` is a code of an app or a recovery code. It is needed only while the account is slowed down.
    """

    code = StringField(lazy_gettext("Code of your app, or a recovery code"))
    remember = YesField(lazy_gettext("Stay logged in when this browser is closed"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.email.label.text, self.password.label.text = gettext("E-mail address"), gettext("Password")

    def validate(self, **kwargs: Any) -> bool:
        """Count the attempt, then validate. Raises TooManyRequests before the waiting time is over, unless a code is given.

        Raises PlacesTaken if no place for hashing is free. The attempt is not counted then.
        """
        with place_for(self, self.password):
            return self._validate(**kwargs)

    def _validate(self, **kwargs: Any) -> bool:
        typed = self.email.data or ""
        with transaction() as session:
            wait = login_throttle.count_attempt(session, login_key(typed))
        if wait and not self.code.data:
            if not _is_known(typed):
                _tell_person(typed)
            raise TooManyRequests(response=slowed_down(self, wait))
        return self._is_right(**kwargs)

    def _is_right(self, **kwargs: Any) -> bool:
        # A right password with a wrong code must look like a wrong password. Otherwise passwords could be guessed
        # without limit, by sending any code.
        right = super().validate(**kwargs) and (not self.code.data or self._has_factor())
        translate(self)
        return right

    def _has_factor(self) -> bool:
        try:
            right = self.user is not None and bool(check_code(self.user.id, self.code.data or ""))
        except TooManyCodes:
            right = False
        if right:
            g.factor_proved = True
        else:
            self.password.errors = [WRONG]
        return right


def slowed_down(form: ThrottledLogin, wait: int) -> Response:
    """Return the login page that tells how to log in without delay, or how long to wait (`wait`, in seconds)."""
    count("login_throttled")
    html = render_template("security/login_user.html", login_user_form=form, wait=wait, mails=config().mails)
    return make_response(html, 429, {"Retry-After": str(wait)})


def _tell_person(typed: str) -> None:
    """Notify the owner of the account, at most once a day, that strangers try to guess the password."""
    with transaction() as session:
        found = by_address(session, _normal(typed))
        if found is not None and found.active:
            tell_once_a_day(session, found.id, "login_slowed")


class ThrottledChange(ChangePasswordForm):
    """Form to change the password, with limited attempts, so that nobody can guess the old one in an open session."""

    end_tokens = YesField(lazy_gettext("End my API tokens too"))

    def validate(self, **kwargs: Any) -> bool:
        """Count the attempt, then validate. Raises TooManyRequests after too many attempts."""
        with place_for(self, self.new_password):
            count_password(current_user.id)
            right: bool = super().validate(**kwargs)
        translate(self)
        return right

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = gettext("Present password")
        self.new_password.label.text = gettext("New password")
        self.new_password_confirm.label.text = gettext("New password once more")


def login_key(typed: str) -> str:
    """Return the key under which login attempts are counted: by account, or by account and known browser.

    A browser that has logged in to the account before has its own counter (device cookie, OWASP).
    Otherwise an attacker could lock an editor out with ten wrong passwords every quarter of an hour.
    """
    address = _normal(typed)
    return f"login {address} {_known_browser()[1]}" if _is_known(typed) else f"login {address}"


def password_change_key(editor_id: int) -> str:
    """Return the key under which attempts to change the password are counted."""
    return f"change {editor_id}"


def set_device_cookie(response: Response, address: str, name: str = "") -> Response:
    """Set the device cookie of an account. The cookie does not reveal the e-mail address.

    Attempts of this browser are counted under `name`. The default is a random name.
    """
    response.set_cookie(
        _cookie(),
        _serializer().dumps([_mark(_normal(address)), name or secrets.token_hex(NAME_BYTES)]),
        max_age=KNOWN_SECONDS,
        secure=config().is_desk_secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def count_password(editor_id: int) -> None:
    """Count an attempt to give the password in an open session. Raises TooManyRequests after too many attempts."""
    with transaction() as session:
        wait = login_throttle.count_attempt(session, password_change_key(editor_id))
    if wait:
        raise TooManyRequests(retry_after=wait)


def _normal(typed: str) -> str:
    """Normalize an e-mail address like Flask-Security, so that all spellings share one counter."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""  # no account has an invalid address, so all invalid addresses share one counter


def _is_known(typed: str) -> bool:
    """Return whether this browser has logged in to the account before."""
    return hmac.compare_digest(_known_browser()[0], _mark(_normal(typed)))


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
