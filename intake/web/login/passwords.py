"""Passwords in Flask-Security: checked by Transom's rules, and with a limit of hashes that run at once."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from flask import Response, current_app, g, make_response, render_template
from flask_security import PasswordUtil, Security, hash_password
from flask_wtf import FlaskForm
from wtforms import Field

from intake.accounts.hashing import PlacesTaken, hashing
from intake.accounts.passwords import password_problem
from intake.plurals import desk_noop
from intake.web.forms.accounts import own_words
from intake.web.language import gettext

BUSY = desk_noop(
    "Many people are logging in or choosing passwords just now. Nothing is wrong with what you typed."
    " Wait ten seconds, then type the password once more and send the form."
)


class OwnPasswordUtil(PasswordUtil):
    """Rules of intake.accounts.passwords for the page on which people change their password."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: ARG002
        """Return ([problem] or None, normalized password)."""
        normal = self.normalize(password)
        user = kwargs.get("user")
        problem = password_problem(normal, own_words(user.name, user.email) if user else own_words())
        return ([problem] if problem else None), normal


class PlacedContext:
    """Wrapper of passlib's CryptContext that limits how many hashes run at once (see `place`). Raises PlacesTaken."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def hash(self, *args: Any, **kwargs: Any) -> str:
        """Hash a password."""
        with place():
            return str(self._context.hash(*args, **kwargs))

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        """Return whether a password has the hash."""
        with place():
            return bool(self._context.verify(*args, **kwargs))


def place() -> AbstractContextManager[None]:
    """Hold one of the limited places for hashing during a `with` block. Raises PlacesTaken."""
    return hashing().place()


def init_app(security: Security) -> None:
    """Limit the number of passwords that are hashed at the same time."""
    security.pwd_context = PlacedContext(security.pwd_context)


def hashed(typed: str) -> str:
    """Normalize a password like the login does, and hash it. Raises PlacesTaken."""
    util: PasswordUtil = current_app.extensions["security"].password_util
    return hash_password(util.normalize(typed))


def busy(full: PlacesTaken, form: tuple[str, str]) -> Response:
    """Return the page with the filled-in form again, without the password, with status 503.

    `form` is the template, and the name of the form in the template. `place_for` stored the form in `g`.
    """
    template, name = form
    return busy_answer(full, render_template(template, **{name: g.busy_form}))


def busy_answer(full: PlacesTaken, html: str) -> Response:
    """Return a page with status 503 and the header Retry-After."""
    answer = make_response(html, 503)
    answer.headers["Retry-After"] = str(full.retry_after)
    return answer


@contextmanager
def place_for(form: FlaskForm, field: Field) -> Iterator[None]:
    """Hold a place for hashing. If all are taken, add an error to the password's field and raise PlacesTaken.

    Take the place before a connection to the database, because waiting threads would occupy all connections.
    """
    try:
        with place():
            yield
    except PlacesTaken:
        field.errors = [gettext(BUSY)]
        g.busy_form = form
        raise
