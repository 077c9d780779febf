"""Pages on which a person sets up, removes and sees second factors and recovery codes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from intake.accounts import resets
from intake.accounts.factors import changes, passkeys, requirement, totp
from intake.accounts.factors.changes import Factors, WrongCode
from intake.accounts.factors.passkeys import PasskeyRefused
from intake.accounts.notices import NoticeItem, mark_notices_read, unread_notices
from intake.crypto import keyring
from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.plurals import desk_noop
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.forms.fields import LINE_CHARACTERS, one_line
from intake.web.fresh import fresh
from intake.web.language import gettext
from intake.web.login import challenges
from intake.web.login.local_url import local_url
from intake.web.login.qr_code import qr_code

bp = Blueprint("factors", __name__, url_prefix="/account")

SECRET_SECONDS = 3600
PASSKEY_NAME = desk_noop("Passkey")
WRONG_APP_CODE = desk_noop(
    "This is not the code that the app shows now. Check that the clock of your device is right, and try again."
)
NO_PASSKEY = desk_noop(
    "Your browser and Transom did not agree on a passkey. Perhaps it is set up already. Nothing was saved."
)
LAST_ONE = desk_noop(
    "This is your only second factor, and one is required. Set up another one first, then remove this one."
)


@bp.get("/factors")
@requires("account.use", before_factor=True)
def overview() -> ResponseReturnValue:
    """Page of the account's second factors, recovery codes and open resets."""
    return _overview()


@bp.get("/factors/app")
@requires("account.use", before_factor=True)
@fresh
def new_app() -> ResponseReturnValue:
    """Page with the QR code and the secret of a new authenticator app."""
    return _app_page(totp.new_secret())


@bp.post("/factors/app", endpoint="add_app")
@requires("account.use", before_factor=True)
@fresh
def add_app() -> ResponseReturnValue:
    """Set up the app whose code proves that it has the secret."""
    try:
        whose, secret = _secrets().loads(request.form.get("secret", ""), max_age=SECRET_SECONDS)
    except BadSignature:
        whose, secret = "", ""
    if whose != current_user.fs_uniquifier:
        return _app_page(
            totp.new_secret(), desk_noop("This page was open for too long. Please scan this new code.")
        ), 422
    try:
        with transaction() as session:
            codes = changes.add_app(session, current_user, secret, request.form.get("code", ""))
    except WrongCode:
        return _app_page(secret, WRONG_APP_CODE), 422
    return _set_up(gettext("Your authenticator app is set up."), codes)


@bp.get("/factors/passkeys")
@requires("account.use", before_factor=True)
@fresh
def new_passkey() -> ResponseReturnValue:
    """Page that asks the browser for a new passkey."""
    return _passkey_page()


@bp.post("/factors/passkeys", endpoint="add_passkey")
@requires("account.use", before_factor=True)
@fresh
def add_passkey() -> ResponseReturnValue:
    """Set up a passkey."""
    here = passkeys.site(config())
    name = (one_line(request.form.get("name", "")) or "")[:LINE_CHARACTERS].strip() or gettext(PASSKEY_NAME)
    if here is None:
        return _passkey_page(), 422
    try:
        challenge = challenges.read(request.form.get("challenge", ""), _registration())
        with transaction() as session:
            codes = changes.add_passkey(
                session, current_user, here, challenge, request.form.get("answer", ""), name
            )
    except PasskeyRefused:
        return _passkey_page(NO_PASSKEY), 422
    return _set_up(gettext("The passkey “%(name)s” is set up.", name=name), codes)


@bp.post("/factors/app/removal", endpoint="remove_app")
@requires("account.use", before_factor=True)
@fresh
def remove_app() -> ResponseReturnValue:
    """Remove the authenticator app, unless it is the last factor and one is required."""
    if _is_last_of_required():
        return _overview(LAST_ONE), 409
    with transaction() as session:
        changes.remove_app(session, current_user)
    flash(gettext("Your authenticator app is removed. Its codes no longer work."))
    return redirect(url_for("factors.overview"), 303)


@bp.post(f"/factors/passkeys/<int(max={BIGINT_MAX}):passkey_id>/removal", endpoint="remove_passkey")
@requires("account.use", before_factor=True)
@fresh
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Remove a passkey, unless it is the last factor and one is required."""
    if _is_last_of_required():
        return _overview(LAST_ONE), 409
    with transaction() as session:
        name = changes.remove_passkey(session, current_user, passkey_id)
    flash(gettext("The passkey “%(name)s” is removed.", name=name))
    return redirect(url_for("factors.overview"), 303)


@bp.post("/factors/codes", endpoint="make_codes")
@requires("account.use", before_factor=True)
@fresh
def make_codes() -> ResponseReturnValue:
    """Replace the recovery codes and show the new ones once."""
    with transaction() as session:
        if not changes.factors(session, current_user.id).count:
            return _overview(
                desk_noop("Set up an authenticator app or a passkey first. Recovery codes stand in for them.")
            ), 409
        codes = changes.make_codes(session, current_user)
    return _codes_page(codes, gettext("These are your new recovery codes. The old ones no longer work."))


@bp.post("/notices/read", endpoint="read_notices")
@requires("account.use", before_factor=True)
def read_notices() -> ResponseReturnValue:
    """Mark the notices that the page showed as read."""
    last = request.form.get("last", 0, type=int)
    with transaction() as session:
        mark_notices_read(session, current_user.id, min(last, BIGINT_MAX))
    return redirect(local_url(request.form.get("next")) or url_for("accounts.start"), 303)


def _overview(problem: str = "") -> str:
    with transaction() as session:
        found = changes.factors(session, current_user.id)
        open_now = resets.open_resets(session, current_user.id)
    return render_template(
        "factors/overview.html",
        factors=found,
        resets=open_now,
        problem=problem,
        days=requirement.days_left(current_user, config()),
        keeps_last=_keeps_last(found),
        site=passkeys.site(config()),
    )


def _app_page(secret: str, problem: str = "") -> str:
    link = totp.uri(secret, account=current_user.email, issuer=config().magazine)
    return render_template(
        "factors/app.html",
        link=link,
        picture=qr_code(link),
        secret=totp.grouped(secret),
        signed=_secrets().dumps([current_user.fs_uniquifier, secret]),
        problem=problem,
    )


def _passkey_page(problem: str = "") -> str:
    here = passkeys.site(config())
    options = signed = ""
    if here is not None:
        challenge, signed = challenges.new(_registration())
        with reading() as session:
            options = passkeys.registration_options(session, current_user, here, challenge)
    return render_template(
        "factors/passkey.html", site=here, options=options, challenge=signed, problem=problem
    )


def _set_up(said: str, codes: list[str]) -> ResponseReturnValue:
    if codes:
        return _codes_page(codes, said)
    flash(said, "success")
    return redirect(url_for("factors.overview"), 303)


def _codes_page(codes: list[str], said: str) -> str:
    return render_template("factors/codes.html", codes=codes, said=said, magazine_host=config().desk_base_url)


def _is_last_of_required() -> bool:
    with transaction() as session:
        return _keeps_last(changes.factors(session, current_user.id))


def _keeps_last(found: Factors) -> bool:
    return found.count == 1 and config().second_factor == requirement.REQUIRED


def _registration() -> str:
    return f"new passkey {current_user.fs_uniquifier}"


def _secrets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("new totp secret"), salt="new totp secret")


@bp.app_template_global("factor_days")
def _factor_days() -> int | None:
    return requirement.days_left(current_user, config())


@bp.app_template_global("account_notices")
def _account_notices() -> list[NoticeItem]:
    with reading() as session:
        return unread_notices(session, current_user.id)
