"""Authorization requests to the OpenID provider: log in, accept an invitation, link an account, confirm a login."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import invitations
from intake.accounts.openid import authorization, links
from intake.accounts.openid.authorization import Secrets
from intake.db import transaction
from intake.errors import NotFound
from intake.web.access import public, requires
from intake.web.fresh import fresh
from intake.web.login import factors
from intake.web.login.blueprint import bp
from intake.web.login.local_url import local_url
from intake.web.login.openid import pending, problems
from intake.web.login.openid.setup import callback, provider

__all__ = ["bp"]

NEW_TAB = "tab"
"""Value of the form field `where` if the provider's page opens in a new tab."""


@bp.get("/login/openid", endpoint="openid_begin")
@public
def begin() -> ResponseReturnValue:
    """Redirect to the provider to log in."""
    return _redirect_to_provider(pending.LOG_IN, next_address=local_url(request.args.get("next")))


@bp.get("/welcome/<token>/openid", endpoint="openid_accept")
@public
def accept(token: str) -> ResponseReturnValue:
    """Redirect to the provider to accept an invitation. The account then needs no password."""
    try:
        with transaction() as session:
            invitations.invited_editor(session, token)
    except NotFound:
        return problems.problem("link_spent")
    return _redirect_to_provider(pending.ACCEPT, subject=token)


@factors.bp.post("/openid", endpoint="openid_link")
@requires("account.use")
@fresh
def link() -> ResponseReturnValue:
    """Send the browser to the provider to link the account."""
    return _redirect_to_provider(
        pending.LINK,
        next_address=url_for("accounts.account"),
        subject=str(current_user.id),
        from_form=True,
    )


@factors.bp.post("/openid/confirmation", endpoint="openid_confirm")
@requires("account.use", before_factor=True)
def confirm() -> ResponseReturnValue:
    """Send the browser to the provider to authenticate again, for an action that needs a fresh login."""
    with transaction() as session:
        found = links.link_of(session, current_user.id)
    if found is None or found.issuer != provider().issuer:
        raise NotFound
    wanted = "" if request.form.get("where") == NEW_TAB else local_url(request.form.get("next"))
    return _redirect_to_provider(
        pending.CONFIRM, next_address=wanted, subject=str(current_user.id), from_form=True
    )


def _redirect_to_provider(
    purpose: str, *, next_address: str | None = None, subject: str = "", from_form: bool = False
) -> ResponseReturnValue:
    """Send the browser to the provider.

    After a form, by a page with a Refresh header instead of a redirect. Chromium applies the CSP's `form-action` to
    redirects too, which would then have to list the provider and every host to which the provider redirects.
    """
    own, found = Secrets.new(), provider()
    try:
        address = authorization.address(found, callback(), own, reauthenticate=purpose == pending.CONFIRM)
    except problems.FAILURES as error:
        begun = pending.Pending(purpose, next_address or "", subject, "", "", 0)
        return problems.failed(error, begun)
    pending.begin(own, purpose, next_address=next_address, subject=subject)
    return _page_to(address, found.name) if from_form else redirect(address, 303)


def _page_to(address: str, name: str) -> Response:
    page = make_response(render_template("openid/leave.html", address=address, name=name))
    page.headers["Refresh"] = f"0;url={address}"
    return page
