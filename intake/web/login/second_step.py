"""Second step of a login: a passkey, a code of an app or a recovery code. Also the login by passkey alone."""

import time
from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue, ResponseValue
from flask_security.tf_plugin import TfPluginBase
from flask_security.utils import login_user

from intake.accounts import resets
from intake.accounts.factors.passkeys import PasskeyRefused
from intake.accounts.factors.totp import TooManyCodes
from intake.accounts.notices import tell_once_a_day
from intake.db import transaction
from intake.models import Editor
from intake.plurals import desk_noop
from intake.web.access import public
from intake.web.language import gettext
from intake.web.login import proofs
from intake.web.login.blueprint import bp
from intake.web.login.local_url import local_url

__all__ = ["bp"]

SECONDS = 600
"""Time for the second step after a right password."""
SOLE_LOGIN = "login by passkey alone"
STARTED_AT = "tf_started_at"
BY_PROVIDER = "tf_provider"
"""Session key: name of the OpenID provider, if the first step was a login at a provider."""
PROVIDER = "openid"
TOO_LATE = desk_noop("Too much time has passed since the first step. Please log in again.")


class SecondStep(TfPluginBase):
    """Second step for Flask-Security, which keeps the account in the session after a right password."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def create_blueprint(self, app: Flask, bp: Any, state: Any) -> None:
        """Do nothing. The views of this module have a blueprint of their own."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """Return one method if the account has a second factor, else none. One page offers all its factors."""
        return [("factor", "Second factor")] if user.factor_since is not None else []

    def tf_login(self, user: Any, json_payload: dict[str, Any], next_loc: str | None) -> ResponseValue:
        """Redirect to the page of the second step."""
        del user, json_payload
        session[STARTED_AT] = time.time()
        session.pop(BY_PROVIDER, None)
        return redirect(url_for("accounts.second_step", next=local_url(next_loc)))


def begin_after_provider(account: Any, name: str) -> None:
    """Begin the second step of an account that the OpenID provider `name` has recognised."""
    session.pop("tf_remember_login", None)
    session["tf_user_id"] = account.fs_uniquifier
    session[STARTED_AT] = time.time()
    session[BY_PROVIDER] = name


@bp.get("/login/second-step")
@public
def second_step() -> ResponseReturnValue:
    """Page that asks for the second factor."""
    account = _started()
    return _page(account) if account else _begin_again()


@bp.post("/login/second-step", endpoint="prove_factor")
@public
def prove_factor() -> ResponseReturnValue:
    """Log in with a passkey, a code of an app or a recovery code."""
    account = _started()
    if account is None:
        return _begin_again()
    try:
        if request.form.get("answer"):
            proofs.passkey_owner(_purpose(account), account.id)
            proof = proofs.PASSKEY
        else:
            proof = proofs.check_code(account.id, request.form.get("code", ""))
    except PasskeyRefused:
        return _page(account, proofs.WRONG_PASSKEY), 422
    except TooManyCodes:
        with transaction() as database:
            tell_once_a_day(database, account.id, "codes_wrong")
        return _page(account, proofs.TOO_MANY_CODES), 429
    if not proof:
        return _page(account, proofs.WRONG_CODE), 422
    remember = session.pop("tf_remember_login", None)
    first = PROVIDER if session.get(BY_PROVIDER) else proofs.PASSWORD
    return _log_in(account, [first, proof], remember=bool(remember))


@bp.post("/login/passkey")
@public
def passkey_login() -> ResponseReturnValue:
    """Log in by a passkey that verifies the person. It replaces password and second factor."""
    try:
        owner = proofs.passkey_owner(SOLE_LOGIN)
    except PasskeyRefused:
        flash(gettext(proofs.WRONG_PASSKEY), "error")
        return redirect(url_for("security.login", next=local_url(request.form.get("next"))), 303)
    account = current_app.extensions["datastore"].find_user(id=owner)
    if account is None or not account.is_active or account.password is None:
        flash(gettext(proofs.WRONG_PASSKEY), "error")
        return redirect(url_for("security.login"), 303)
    return _log_in(account, [proofs.PASSKEY], remember=False)


def _started() -> Any:
    """Return the account whose password this browser has just given, or None."""
    who, at = session.get("tf_user_id"), session.get(STARTED_AT, 0)
    if not who or not 0 <= time.time() - at < SECONDS:
        return None
    found = current_app.extensions["datastore"].find_user(fs_uniquifier=who)
    return found if found is not None and found.is_active and found.factor_since is not None else None


def _log_in(account: Any, ways: list[str], *, remember: bool) -> ResponseReturnValue:
    for name in ("tf_user_id", STARTED_AT, BY_PROVIDER):
        session.pop(name, None)
    login_user(account, remember=remember, authn_via=ways)
    current_app.extensions["datastore"].commit()
    if proofs.CODE in ways:
        flash(
            gettext(
                "You have used a recovery code. If your device is lost, remove it below and set up another one."
            )
        )
        return redirect(url_for("factors.overview"), 303)
    _call_off_resets(account.id)
    return redirect(local_url(request.values.get("next")) or url_for("accounts.start"), 303)


def _call_off_resets(editor_id: int) -> None:
    with transaction() as database:
        called_off = resets.call_off_all(database, database.get_one(Editor, editor_id))
    if called_off:
        flash(
            gettext(
                "A reset that was asked for your account is called off, because you have logged in with your second factor."
            )
        )


def _page(account: Any, problem: str = "") -> str:
    return render_template(
        "security/second_step.html",
        problem=problem,
        provider=session.get(BY_PROVIDER, ""),
        passkey=proofs.offer(_purpose(account), account.id),
        next=local_url(request.values.get("next")),
    )


def _purpose(account: Any) -> str:
    return f"second step {account.fs_uniquifier}"


def _begin_again() -> ResponseReturnValue:
    flash(gettext(TOO_LATE))
    return redirect(url_for("security.login", next=local_url(request.values.get("next"))), 303)


@bp.app_template_global("passkey_login_offer")
def _passkey_login_offer() -> proofs.PasskeyOffer | None:
    return proofs.offer(SOLE_LOGIN)
