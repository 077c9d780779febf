"""Page that asks for password or second factor again, before an action that needs a fresh login."""

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts.factors.passkeys import PasskeyRefused
from intake.accounts.factors.totp import TooManyCodes
from intake.accounts.hashing import RETRY_SECONDS, PlacesTaken
from intake.plurals import desk_noop
from intake.web.access import requires
from intake.web.fresh import CONFIRMATION, be_fresh
from intake.web.login import passwords, proofs
from intake.web.login.factors import bp
from intake.web.login.local_url import local_url
from intake.web.login.throttle import count_password

OWN = "confirm-"
"""Prefix of the names of this page's own fields, to distinguish them from fields of the form that the page keeps."""
WRONG_PASSWORD = desk_noop("The password is wrong.")
NOTHING = desk_noop("Please give your password or a code.")


def init_app(app: Flask) -> None:
    """Register the page for the decorator `fresh`."""
    app.extensions[CONFIRMATION] = confirm


def confirm() -> ResponseReturnValue | None:
    """Return None if this request's form has a valid password or factor, else the page that asks for them.

    The page contains the fields of a refused POST, and sends them again. After a GET, it leads back to the same URL.
    """
    problem, status = "", 403
    if f"{OWN}asked" in request.form:
        problem, status = _problem()
        if not problem:
            be_fresh()
            return None
    if request.method == "POST":
        fields = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if name != "csrf_token" and not name.startswith(OWN)
        ]
        return _answer(_page(request.full_path.rstrip("?"), fields, problem), status)
    address = url_for("factors.confirmed", next=request.full_path.rstrip("?"))
    return _answer(_page(address, [], problem), status)


@bp.post("/confirmations", endpoint="confirmed")
@requires("account.use", before_factor=True)
def confirmed() -> ResponseReturnValue:
    """Check password or factor, then redirect to the page that asked for the fresh login."""
    problem, status = _problem()
    if problem:
        return _answer(_page(request.full_path.rstrip("?"), [], problem), status)
    be_fresh()
    return redirect(local_url(request.args.get("next")) or url_for("accounts.start"), 303)


def _problem() -> tuple[str, int]:
    """Check the given password or factor. Returns an error message and an HTTP status, or ("", 200)."""
    password, code = request.form.get(f"{OWN}password", ""), request.form.get(f"{OWN}code", "")
    try:
        if request.form.get(f"{OWN}answer"):
            proofs.passkey_owner(_purpose(), current_user.id, prefix=OWN)
            return "", 200
        if code:
            return ("", 200) if proofs.check_code(current_user.id, code) else (proofs.WRONG_CODE, 422)
    except PasskeyRefused:
        return proofs.WRONG_PASSKEY, 422
    except TooManyCodes:
        return proofs.TOO_MANY_CODES, 429
    if not password:
        return NOTHING, 422
    try:
        with passwords.place():
            return ("", 200) if _is_password(password) else (WRONG_PASSWORD, 422)
    except PlacesTaken:
        return passwords.BUSY, 503


def _is_password(typed: str) -> bool:
    count_password(current_user.id)
    normal = current_app.extensions["security"].password_util.normalize(typed)
    return bool(current_user.verify_and_update_password(normal))


def _answer(page: str, status: int) -> ResponseReturnValue:
    return page, status, {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}


def _page(address: str, fields: list[tuple[str, str]], problem: str) -> str:
    has_factor = current_user.factor_since is not None
    if request.endpoint == "factors.confirmed":
        wanted = request.args.get("next", "")
    else:
        wanted = "" if request.method == "POST" else request.full_path.rstrip("?")
    return render_template(
        "security/confirm.html",
        address=address,
        fields=fields,
        problem=problem,
        wanted=local_url(wanted),
        has_factor=has_factor,
        passkey=proofs.offer(_purpose(), current_user.id) if has_factor else None,
    )


def _purpose() -> str:
    return f"confirm {current_user.fs_uniquifier}"
