"""Logout, creation of the first admin, and invitations."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from flask_security import hash_password

from intake.accounts import invitations
from intake.db import transaction
from intake.errors import NotFound
from intake.web.access import public
from intake.web.forms.accounts import PasswordForm, SetupForm
from intake.web.login.blueprint import bp

__all__ = ["bp"]


@bp.get("/start")
@public
def start() -> ResponseReturnValue:
    """Redirect after login: editors to the queue, other admins to the status page."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"), 303)
    reads = current_user.has_role("editor") or current_user.has_role("chief")
    return redirect(url_for("desk.queue" if reads else "admin.overview"), 303)


@bp.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """Log out, and end every session of the account, so that a copied cookie is useless (ASVS 7.4)."""
    if current_user.is_authenticated:
        with transaction() as database:
            invitations.end_sessions(database, current_user.id)
        logout_user()
        session.clear()
        flash("You are logged out, here and on every other device.")
    return redirect(url_for("security.login"), 303)


@bp.route("/setup/<token>", methods=["GET", "POST"])
@public
def setup(token: str) -> ResponseReturnValue:
    """Create the account of the first admin. The link works once."""
    form = SetupForm()
    with transaction() as database:
        if not invitations.is_first_admin_token(database, token):
            return render_template("accounts/link_spent.html"), 404
        if not form.validate_on_submit():
            return render_template("accounts/setup.html", form=form), 422 if form.errors else 200
        invitations.create_account(
            database, email=form.email.data or "", name=form.name.data or "", roles=["chief", "admin"],
            password_hash=hash_password(form.password.data or ""),
        )  # fmt: skip
    flash("Your account is ready. Please log in.")
    return redirect(url_for("security.login"), 303)


@bp.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    """Set the password of an invited account. The link works once."""
    form = PasswordForm()
    try:
        with transaction() as database:
            person = invitations.invited_editor(database, token)
            if not form.validate_on_submit():
                return render_template(
                    "accounts/welcome.html", form=form, person=person
                ), 422 if form.errors else 200
            invitations.set_password(database, person, hash_password(form.password.data or ""))
    except NotFound:
        return render_template("accounts/link_spent.html"), 404
    flash("Your password is set. Please log in.")
    return redirect(url_for("security.login"), 303)
