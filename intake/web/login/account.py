"""Page of the person's own account: name, sessions, and the ways to log in."""

import uuid

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from intake.accounts import administration, names, sessions
from intake.accounts.factors import changes
from intake.db import transaction
from intake.web.access import requires
from intake.web.forms.accounts import NAME_TAKEN, PersonNameForm
from intake.web.language import gettext
from intake.web.login.blueprint import bp
from intake.web.login_session import limits, session_id

__all__ = ["bp"]


@bp.get("/account")
@requires("account.use")
def account() -> ResponseReturnValue:
    """Page of the person's own account."""
    return _page(PersonNameForm(formdata=None, data={"name": current_user.name}))


@bp.post("/account/name")
@requires("account.use")
def change_name() -> ResponseReturnValue:
    """Change the person's own name."""
    form = PersonNameForm()
    if not form.validate():
        return _page(form), 422
    try:
        with transaction() as session:
            names.change_own(session, current_user, form.name.data or "")
    except names.PersonNameTaken:
        form.name.errors = [NAME_TAKEN]
        return _page(form), 422
    flash(gettext("Your name is saved."), "success")
    return redirect(url_for("accounts.account"), 303)


def _page(form: PersonNameForm) -> str:
    with transaction() as session:
        found = sessions.sessions(session, current_user.id, limits())
        factors = changes.factors(session, current_user.id)
    return render_template(
        "accounts/account.html", form=form, sessions=found, here=session_id(), factors=factors
    )


@bp.get("/account/token")
@requires("account.use", before_factor=True)
def token() -> ResponseReturnValue:
    """Return a fresh CSRF token and the account's id as JSON, for an open page whose session has ended."""
    return jsonify(csrf_token=generate_csrf(), account=current_user.id)


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
