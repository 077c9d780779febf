"""Logging in and out, the first admin, and invitations. Flask-Security does the rest."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user, user_logged_in
from flask_security import Security, SQLAlchemySessionUserDatastore, UserMixin, hash_password
from flask_wtf.csrf import CSRFProtect

from intake.actions import accounts
from intake.actions.errors import NotFound
from intake.crypto import keyring
from intake.db import request_session, transaction
from intake.models import Editor, Role
from intake.settings import Settings
from intake.web.access import public
from intake.web.forms import PasswordForm, SetupForm

bp = Blueprint("accounts", __name__)
csrf = CSRFProtect()


class Account(Editor, UserMixin):  # type: ignore[misc]
    """An editor as Flask-Security knows one: the same row, with its methods."""


def init_app(app: Flask) -> None:
    """Accounts, sessions and CSRF; the contributor's side has none of them."""
    settings: Settings = app.extensions["settings"]
    app.config.update(_config(settings))
    session = request_session()
    datastore = SQLAlchemySessionUserDatastore(session, Account, Role)  # type: ignore[arg-type]
    app.extensions["datastore"] = datastore
    Security(app, datastore)
    csrf.init_app(app)
    for name in ("contribute", "api"):
        csrf.exempt(app.blueprints[name])
    app.teardown_appcontext(lambda _error: session.remove())
    user_logged_in.connect(_note_login, app)


def _config(settings: Settings) -> dict[str, Any]:
    prefix = "__Host-" if settings.secure else ""
    return {
        "SECURITY_PASSWORD_SALT": keyring().subkey("password").hex(),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_REGISTERABLE": False,
        # Logging out is ours (a POST that ends every session of the account).
        "SECURITY_LOGOUT_URL": "/logout/other",
        "SECURITY_LOGOUT_METHODS": None,
        "SECURITY_POST_CHANGE_VIEW": "/desk/",
        "SECURITY_POST_LOGIN_VIEW": "/start",
        # The same answer for a wrong address and a wrong password.
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "REMEMBER_COOKIE_NAME": f"{prefix}remember",
        "REMEMBER_COOKIE_SECURE": settings.secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
    }


@bp.get("/start")
@public
def start() -> ResponseReturnValue:
    """Where somebody who has just logged in begins: the queue, or the machinery for one who is only admin."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"), 303)
    reads = current_user.has_role("editor") or current_user.has_role("chief")
    return redirect(url_for("desk.queue" if reads else "admin.overview"), 303)


@bp.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """End every session of this account, so that a copied cookie is worth nothing afterwards (ASVS 7.4)."""
    if current_user.is_authenticated:
        with transaction() as session:
            accounts.end_sessions(session, current_user.id)
        logout_user()
        flash("You are logged out, here and on every other device.")
    return redirect(url_for("security.login"), 303)


@bp.route("/setup/<token>", methods=["GET", "POST"])
@public
def setup(token: str) -> ResponseReturnValue:
    """The first admin makes an account; the link is spent from then on."""
    form = SetupForm()
    with transaction() as session:
        if not accounts.is_first_admin_token(session, token):
            return render_template("accounts/link_spent.html"), 404
        if not form.validate_on_submit():
            return render_template("accounts/setup.html", form=form), 422 if form.errors else 200
        accounts.add(
            session, email=form.email.data or "", name=form.name.data or "", roles=["chief", "admin"],
            password_hash=hash_password(form.password.data or ""),
        )  # fmt: skip
    flash("Your account is ready. Please log in.")
    return redirect(url_for("security.login"), 303)


@bp.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    """Somebody who was invited sets a password."""
    form = PasswordForm()
    try:
        with transaction() as session:
            person = accounts.invited(session, token)
            if not form.validate_on_submit():
                return render_template(
                    "accounts/welcome.html", form=form, person=person
                ), 422 if form.errors else 200
            accounts.set_password(session, person, hash_password(form.password.data or ""))
    except NotFound:
        return render_template("accounts/link_spent.html"), 404
    flash("Your password is set. Please log in.")
    return redirect(url_for("security.login"), 303)


def _note_login(_app: Flask, user: Editor, **_: Any) -> None:
    with transaction() as session:
        accounts.note_login(session, user.id)
