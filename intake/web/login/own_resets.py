"""Pages on which people call off a reset of their own account, logged in or by the link of a mail."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import resets
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor
from intake.models.columns import BIGINT_MAX
from intake.web.access import public, requires
from intake.web.language import gettext
from intake.web.login import factors
from intake.web.login.blueprint import bp

__all__ = ["bp"]


@factors.bp.post(f"/resets/<int(max={BIGINT_MAX}):reset_id>/cancellation", endpoint="call_off")
@requires("account.use", before_factor=True)
def call_off(reset_id: int) -> ResponseReturnValue:
    """Call off a reset of one's own account."""
    with transaction() as session:
        if reset_id not in {one.id for one in resets.open_resets(session, current_user.id)}:
            raise NotFound
        resets.call_off(session, reset_id, session.get_one(Editor, current_user.id))
    flash(gettext("The reset is called off. The chief editors and admins are told."), "success")
    return redirect(url_for("factors.overview"), 303)


@bp.get("/resets/<token>", endpoint="own_resets")
@public
def own_resets(token: str) -> ResponseReturnValue:
    """Page of a mailed link, to call off resets of the own password or factors that the person did not ask for."""
    with transaction() as session:
        try:
            _editor, found = resets.open_by_token(session, token)
        except NotFound:
            return render_template("accounts/link_spent.html"), 404
    return render_template("accounts/call_off.html", resets=found, token=token, is_done=False)


@bp.post("/resets/<token>", endpoint="call_off_by_link")
@public
def call_off_by_link(token: str) -> ResponseReturnValue:
    """Call off the resets that the page lists."""
    with transaction() as session:
        try:
            editor, found = resets.open_by_token(session, token)
        except NotFound:
            return render_template("accounts/link_spent.html"), 404
        for one in found:
            resets.call_off(session, one.id, editor)
    return render_template("accounts/call_off.html", resets=[], token=token, is_done=bool(found))
