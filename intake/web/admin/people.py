"""Admin page of the accounts and their invitations."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import invitations, people, resets
from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.web.access import roles
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.forms.accounts import InvitationForm


@bp.get("/people", endpoint="people")
@roles("admin")
def list_people() -> ResponseReturnValue:
    """Page of the accounts and their invitations."""
    return _people_page(InvitationForm(formdata=None))


@bp.post("/people")
@roles("admin")
def invite() -> ResponseReturnValue:
    """Create an account and show its invitation link. The link is shown only once."""
    form = InvitationForm()
    if not form.validate():
        return _people_page(form), 422
    with transaction() as session:
        added = invitations.create_account(
            session, email=form.email.data or "", name=form.name.data or "", roles=form.roles.data or [],
            password_hash=None, actor=current_user,
        )  # fmt: skip
        token = invitations.invitation_token(added)
    return _people_page(InvitationForm(formdata=None), token)


@bp.errorhandler(invitations.AddressTaken)
def address_taken(_error: invitations.AddressTaken) -> ResponseReturnValue:
    """Show the filled-in form again, with an error for the e-mail address."""
    form = InvitationForm()
    form.email.errors = ["There is an account with this address."]
    return _people_page(form), 422


@bp.post(f"/people/<int(max={BIGINT_MAX}):editor_id>/links")
@roles("admin")
def new_link(editor_id: int) -> ResponseReturnValue:
    """Remove the password of an account and show a new invitation link, once. For chiefs and admins, ask for that."""
    with transaction() as session:
        token = resets.reset_password(session, editor_id, current_user)
    if token is None:
        flash(
            "This password cannot be reset by one admin alone. The person, the chief editors and the admins are told."
        )
        return redirect(url_for("admin.resets"), 303)
    return _people_page(InvitationForm(formdata=None), token)


def _people_page(form: InvitationForm, token: str | None = None) -> str:
    link = config().desk_base_url + url_for("accounts.welcome", token=token) if token else None
    with transaction() as session:
        return render_template("admin/people.html", people=people.people(session), form=form, link=link)
