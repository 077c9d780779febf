"""Mailed links for people whose login is slowed down because strangers have guessed passwords."""

import hashlib

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.accounts import login_links
from intake.db import transaction
from intake.errors import NotFound
from intake.plurals import gettext_noop
from intake.web.access import public
from intake.web.current import config
from intake.web.language import gettext
from intake.web.login.blueprint import bp
from intake.web.login.throttle import set_device_cookie

__all__ = ["bp"]

SENT = gettext_noop(
    "If there is an account with this address, a mail with a link is on its way. It is valid for %(count)s minutes."
)


@bp.post("/login/links", endpoint="ask_link")
@public
def ask_link() -> ResponseReturnValue:
    """Have a link mailed. The response does not reveal whether the account exists."""
    if not config().mails:
        return render_template("accounts/no_mail.html"), 404
    with transaction() as session:
        login_links.ask_link(session, request.form.get("email", ""))
    flash(gettext(SENT, count=login_links.MINUTES))
    return redirect(url_for("security.login"), 303)


@bp.get("/login/links/<token>", endpoint="open_link")
@public
def open_link(token: str) -> ResponseReturnValue:
    """Set the device cookie, which exempts this browser from strangers' attempts. Redirects to the login page."""
    try:
        with transaction() as session:
            address = login_links.address_of_link(session, token)
    except NotFound:
        return render_template("accounts/link_spent.html"), 404
    flash(gettext("You can log in here now. Guesses of others no longer slow you down in this browser."))
    answer = redirect(url_for("security.login"), 303)
    # Browsers that open the same link share one counter of attempts, so a link gives no more attempts.
    return set_device_cookie(answer, address, hashlib.sha256(token.encode()).hexdigest()[:32])  # type: ignore[arg-type]
