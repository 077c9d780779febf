"""Provider's name and link status for pages, and removal of the link of one's own account."""

from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts.openid import links
from intake.accounts.openid.links import OnlyWayIn
from intake.accounts.openid.provider import Provider
from intake.db import transaction
from intake.models import Editor
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.errors import page
from intake.web.fresh import fresh
from intake.web.language import gettext
from intake.web.login import factors
from intake.web.login.blueprint import bp
from intake.web.login_session import session_id

__all__ = ["bp"]


@dataclass(frozen=True)
class ProviderOffer:
    """Name of the provider, and whether the account is linked to it. `is_passwordless`: the account has no password."""

    name: str
    is_linked: bool
    is_passwordless: bool


@factors.bp.post("/openid/removal", endpoint="openid_unlink")
@requires("account.use")
@fresh
def unlink() -> ResponseReturnValue:
    """Remove the link of one's own account."""
    try:
        with transaction() as session:
            editor = session.get_one(Editor, current_user.id)
            links.unlink(session, editor, editor, keep=session_id())
    except OnlyWayIn as error:
        return page(
            409,
            gettext("The link stays"),
            gettext(error.problem),
            gettext("An administrator can give you a link to set a password first."),
        )
    flash(
        gettext("The link is removed, and your other sessions have ended. You log in with your password."),
        "success",
    )
    return redirect(url_for("accounts.account"), 303)


@bp.app_template_global("openid_name")
def openid_name() -> str:
    """Return the name of the provider, or "" if there is none."""
    found = Provider.of(config())
    return found.name if found else ""


@bp.app_template_global("openid_issuer")
def openid_issuer() -> str:
    """Return the issuer of the settings, or "" if there is none."""
    return config().oidc_issuer


@bp.app_template_global("openid_offer")
def openid_offer() -> ProviderOffer | None:
    """Return the provider for the person's own pages. None if there is none and the account has no link."""
    found = Provider.of(config())
    with reading() as session:
        link = links.link_of(session, current_user.id)
    if link is not None and (found is None or link.issuer != found.issuer):
        return ProviderOffer(found.name if found else "", False, link.is_passwordless)
    if found is None:
        return None
    return ProviderOffer(found.name, link is not None, link is not None and link.is_passwordless)
