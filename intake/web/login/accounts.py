"""Logout, creation of the first admin, and invitations."""

from contextlib import AbstractContextManager, nullcontext

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from intake import permissions
from intake.accounts import invitations, sessions
from intake.accounts.hashing import PlacesTaken
from intake.db import transaction
from intake.errors import NotFound
from intake.magazine import first_steps
from intake.web.access import public
from intake.web.forms.accounts import PasswordForm, SetupForm
from intake.web.language import gettext
from intake.web.login.blueprint import bp
from intake.web.login.passwords import busy_answer, hashed, place_for
from intake.web.login_session import session_id

__all__ = ["bp"]


@bp.get("/start")
@public
def start() -> ResponseReturnValue:
    """Redirect after login: editors to the queue, admins to the status page or, if still due, to the setup assistant."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"), 303)
    if permissions.allows(current_user, "settings.change"):
        with transaction() as database:
            if first_steps.are_due(database):
                return redirect(url_for("admin.first_steps"), 303)
    reads = permissions.allows(current_user, "submission.read")
    return redirect(url_for("desk.queue" if reads else "admin.overview"), 303)


@bp.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """Log out, and end this session in the database too, so that a copied cookie is useless (ASVS 7.4)."""
    mine = session_id()
    if current_user.is_authenticated and mine:
        with transaction() as database:
            sessions.end(database, current_user.id, mine, "logged_out")
        logout_user()
        session.clear()
        flash(gettext("You are logged out."))
    return redirect(url_for("security.login"), 303)


@bp.route("/setup/<token>", methods=["GET", "POST"])
@public
def setup(token: str) -> ResponseReturnValue:
    """Create the account of the first admin. The link works once."""
    form = SetupForm()
    try:
        with _place(form):
            return _set_up(form, token)
    except PlacesTaken as full:
        return busy_answer(full, render_template("accounts/setup.html", form=form))


def _set_up(form: SetupForm, token: str) -> ResponseReturnValue:
    with transaction() as database:
        if not invitations.is_first_admin_token(database, token):
            return render_template("accounts/link_spent.html"), 404
        if not form.validate_on_submit():
            return render_template("accounts/setup.html", form=form), 422 if form.errors else 200
        invitations.create_account(
            database, email=form.email.data or "", name=form.name.data or "", roles=["chief", "admin"],
            password_hash=hashed(form.password.data or ""), way="setup",
        )  # fmt: skip
    flash(gettext("Your account is ready. Please log in."))
    return redirect(url_for("security.login"), 303)


@bp.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    """Set the password of an invited account. The link works once."""
    form = PasswordForm()
    try:
        with _place(form):
            return _welcome(form, token)
    except NotFound:
        return render_template("accounts/link_spent.html"), 404
    except PlacesTaken as full:
        return busy_answer(full, _welcome_page(form, token))


def _welcome(form: PasswordForm, token: str) -> ResponseReturnValue:
    with transaction() as database:
        person = invitations.invited_editor(database, token)
        form.person = (person.name, person.email)
        if not form.validate_on_submit():
            page = render_template("accounts/welcome.html", form=form, person=person, token=token)
            return page, 422 if form.errors else 200
        invitations.set_password(database, person, hashed(form.password.data or ""))
    flash(gettext("Your password is set. Please log in."))
    return redirect(url_for("security.login"), 303)


def _welcome_page(form: PasswordForm, token: str) -> str:
    with transaction() as database:
        person = invitations.invited_editor(database, token)
        return render_template("accounts/welcome.html", form=form, person=person, token=token)


def _place(form: PasswordForm) -> AbstractContextManager[None]:
    return place_for(form, form.password) if request.method == "POST" else nullcontext()
