"""Admin page of the key holders, who together can open original, unchanged photos."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake import permissions
from intake.accounts import administration, original_holders, people
from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.originals import HOLDERS, holders
from intake.originals.holders import TooManyHolders
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.forms.originals import HolderForm
from intake.web.fresh import fresh

__all__ = ["bp"]


@bp.get("/originals", endpoint="originals")
@requires("people.manage")
def show_holders() -> ResponseReturnValue:
    """Page of the holders, and of the steps that are missing before original photos are kept."""
    return _page(HolderForm(formdata=None))


@bp.post("/originals")
@requires("people.manage")
@fresh
def name_holder() -> ResponseReturnValue:
    """Make a person a key holder, or no longer one. Chief editors and admins are notified."""
    form = HolderForm()
    if not form.validate() or not (form.person.data or "").isdecimal():
        form.person.errors = form.person.errors or ["Please choose somebody from the list."]
        return _page(form), 422
    number = min(int(form.person.data), BIGINT_MAX)
    try:
        with transaction() as session:
            account = administration.locked(session, number, current_user)
            original_holders.change(session, account, current_user, is_named=bool(form.is_named.data))
            name = account.name
    except TooManyHolders as error:
        form.person.errors = [error.problem]
        return _page(form), 422
    flash(
        f"{name} is named, and makes a key on “Your settings” at the desk."
        if form.is_named.data
        else f"{name} cannot open unchanged photos any more. The key is deleted.",
        "success",
    )
    return redirect(url_for("admin.originals"), 303)


def _page(form: HolderForm) -> str:
    with transaction() as session:
        named = holders.named(session)
        known = {one.editor_id for one in named}
        roles = set(permissions.roles_with(holders.ACTION))
        offered = {
            one.id: one.name
            for one in people.people(session)
            if one.active and roles.intersection(one.roles) and one.id not in known
        }
        able = len(holders.keys(session))
    return render_template(
        "admin/originals.html",
        form=form.offer(offered),
        named=named,
        able=able,
        needed=HOLDERS,
        days=config().original_days,
        can_name=bool(offered),
    )
