"""Callback of the OpenID provider: logs in, links an account, accepts an invitation or confirms a login."""

import time
from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security.utils import login_user

from intake.accounts import invitations
from intake.accounts.openid import authorization, links
from intake.accounts.openid.id_token import LEEWAY_SECONDS, ProvedIdentity
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor
from intake.web.access import public
from intake.web.fresh import PROVED_AT, be_fresh
from intake.web.language import gettext
from intake.web.login import second_step
from intake.web.login.blueprint import bp
from intake.web.login.local_url import local_url
from intake.web.login.openid import pending as begun
from intake.web.login.openid.pending import Pending
from intake.web.login.openid.problems import FAILURES, failed, problem
from intake.web.login.openid.setup import callback, provider

__all__ = ["bp"]


@bp.get("/login/openid/callback", endpoint="openid_callback")
@public
def receive_callback() -> ResponseReturnValue:
    """Check the provider's response, then do what the login was begun for (`Pending.purpose`)."""
    found = provider()
    state = request.args.get("state", "")
    pending = begun.take(state)
    if pending is None:
        return problem("spent")
    try:
        authorization.check_answer(found, request.args.get("error", ""), request.args.get("iss"))
        code = request.args.get("code", "")
        if not code:
            return problem("spent", pending)
        identity = authorization.exchange(found, callback(), code, pending.secrets(state))
        return PURPOSES[pending.purpose](identity, pending)
    except FAILURES as error:
        return failed(error, pending)


def _log_in(identity: ProvedIdentity, pending: Pending) -> ResponseReturnValue:
    with transaction() as database:
        owner = links.owner(database, identity)
    account = current_app.extensions["datastore"].find_user(id=owner) if owner is not None else None
    if account is None or (account.is_active and account.password is None):
        return problem("unknown", pending)
    if not account.is_active:
        return problem("off", pending)
    if account.factor_since is not None and not (provider().trusts_factor and identity.is_multi_factor):
        second_step.begin_after_provider(account, provider().name)
        return redirect(url_for("accounts.second_step", next=local_url(pending.next)), 303)
    login_user(account, remember=False, authn_via=[second_step.PROVIDER])
    current_app.extensions["datastore"].commit()
    # A provider may respond without asking the person, hours after the login at the provider. Such a login is not fresh.
    session[PROVED_AT] = min(identity.auth_time or 0, time.time())
    return redirect(local_url(pending.next) or url_for("accounts.start"), 303)


def _link(identity: ProvedIdentity, pending: Pending) -> ResponseReturnValue:
    if not _is_still(pending):
        return problem("logged_out", pending)
    with transaction() as database:
        links.link(database, database.get_one(Editor, current_user.id), identity)
    flash(
        gettext("Your account is linked. You can log in with %(name)s now.", name=provider().name), "success"
    )
    return redirect(url_for("accounts.account"), 303)


def _accept(identity: ProvedIdentity, pending: Pending) -> ResponseReturnValue:
    try:
        with transaction() as database:
            person = invitations.invited_editor(database, pending.subject)
            if not person.active:
                return problem("off", pending)
            invitations.set_password(database, person, links.unknown_password())
            links.link(database, person, identity, is_passwordless=True)
    except NotFound:
        return problem("link_spent", pending)
    flash(gettext("Your account is ready. You log in with %(name)s.", name=provider().name), "success")
    answer = _log_in(identity, pending)
    if current_user.is_authenticated:
        # The invitation proves as much as a password. Without this line, a person could not set up a second factor if
        # the provider sends no `auth_time`.
        be_fresh()
    return answer


def _confirm(identity: ProvedIdentity, pending: Pending) -> ResponseReturnValue:
    if not _is_still(pending):
        return problem("logged_out", pending)
    with transaction() as database:
        owner = links.owner(database, identity)
    if owner != current_user.id:
        return problem("somebody_else", pending)
    if identity.auth_time is None or identity.auth_time < pending.began_at - LEEWAY_SECONDS:
        return problem("not_anew", pending)
    be_fresh()
    wanted = local_url(pending.next)
    return redirect(wanted, 303) if wanted else render_template("openid/confirmed.html")


def _is_still(pending: Pending) -> bool:
    """Return whether the account that began this login at the provider is still logged in."""
    account: Any = current_user
    return account.is_authenticated and str(account.id) == pending.subject


PURPOSES = {begun.LOG_IN: _log_in, begun.LINK: _link, begun.ACCEPT: _accept, begun.CONFIRM: _confirm}
