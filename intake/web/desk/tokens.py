"""Page of an editor's API tokens."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import tokens
from intake.db import transaction
from intake.models.account import DESK_SCOPES
from intake.models.columns import BIGINT_MAX
from intake.web.access import requires
from intake.web.current import config
from intake.web.desk.blueprint import bp
from intake.web.forms.accounts import TokenForm
from intake.web.fresh import fresh
from intake.web.language import gettext

__all__ = ["bp"]


@bp.get("/tokens", endpoint="tokens")
@requires("token.desk")
def list_tokens() -> ResponseReturnValue:
    """Page of the editor's own tokens, with a form to create a token."""
    return _page(TokenForm(formdata=None))


@bp.post("/tokens")
@requires("token.desk")
@fresh
def make_token() -> ResponseReturnValue:
    """Create a token and show its secret. The secret is shown only once."""
    form = TokenForm()
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        token, secret = tokens.make_token(
            session, current_user, form.name.data or "", form.scopes.data or [], form.days.data or 1
        )
    return _page(TokenForm(formdata=None), made=token.name, secret=secret)


@bp.post(f"/tokens/<int(max={BIGINT_MAX}):token_id>/revocations")
@requires("token.desk")
def revoke_token(token_id: int) -> ResponseReturnValue:
    """Revoke a token. It is invalid immediately."""
    with transaction() as session:
        token = tokens.revoke_token(session, current_user, token_id)
        flash(gettext("The token “%(name)s” is revoked.", name=token.name))
    return redirect(url_for("desk.tokens"), 303)


def _page(form: TokenForm, **made: str) -> str:
    with transaction() as session:
        found = tokens.tokens(session, current_user, DESK_SCOPES)
    return render_template("desk/tokens.html", tokens=found, form=form, base=config().desk_base_url, **made)
