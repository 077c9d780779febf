"""Page of the person's own account: sessions, and the ways to log in."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import administration, sessions
from intake.accounts.factors import changes
from intake.db import transaction
from intake.web.access import requires
from intake.web.language import gettext
from intake.web.login.blueprint import bp
from intake.web.login_session import limits, session_id

__all__ = ["bp"]


@bp.get("/account")
@requires("account.use")
def account() -> ResponseReturnValue:
    """Page of the person's own account."""
    with transaction() as session:
        found = sessions.sessions(session, current_user.id, limits())
        factors = changes.factors(session, current_user.id)
    return render_template("accounts/account.html", sessions=found, here=session_id(), factors=factors)


@bp.post("/account/session-ends", endpoint="end_sessions")
@requires("account.use")
def end_other_sessions() -> ResponseReturnValue:
    """End all sessions of the person except the present one."""
    with transaction() as session:
        administration.end_own_sessions(session, current_user, keep=session_id())
    flash(gettext("All your other sessions are ended."), "success")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/<uuid:session_id>/ends")
@requires("account.use")
def end_session(session_id: uuid.UUID) -> ResponseReturnValue:
    """End one session of the person."""
    with transaction() as session:
        administration.end_own_sessions(session, current_user, session_id)
    flash(gettext("The session is ended."), "success")
    return redirect(url_for("accounts.account"), 303)
