"""Page of an admin's API tokens."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import tokens
from intake.db import transaction
from intake.models.account import ADMIN_SCOPES
from intake.models.columns import BIGINT_MAX
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.forms.accounts import AdminTokenForm
from intake.web.fresh import fresh


@bp.get("/tokens", endpoint="tokens")
@requires("token.admin")
def list_tokens() -> ResponseReturnValue:
    """Page of the admin's own tokens, with a form to create a token."""
    return _page(AdminTokenForm(formdata=None))


@bp.post("/tokens")
@requires("token.admin")
@fresh
def make_token() -> ResponseReturnValue:
    """Create a token and show its secret. The secret is shown only once."""
    form = AdminTokenForm()
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        token, secret = tokens.make_token(
            session, current_user, form.name.data or "", form.scopes.data or [], form.days.data or 1
        )
    return _page(AdminTokenForm(formdata=None), made=token.name, secret=secret)


@bp.post(f"/tokens/<int(max={BIGINT_MAX}):token_id>/revocations")
@requires("token.admin")
def revoke_token(token_id: int) -> ResponseReturnValue:
    """Revoke a token. It is invalid immediately."""
    with transaction() as session:
        token = tokens.revoke_token(session, current_user, token_id)
        flash(f"The token “{token.name}” is revoked.")
    return redirect(url_for("admin.tokens"), 303)


def _page(form: AdminTokenForm, **made: str) -> str:
    with transaction() as session:
        found = tokens.tokens(session, current_user, ADMIN_SCOPES)
    return render_template("admin/tokens.html", tokens=found, form=form, base=config().desk_base_url, **made)
