"""Saved views of the queue."""

from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.errors import LimitReached, NameTaken
from intake.models.columns import BIGINT_MAX
from intake.permissions.reach import reach_of
from intake.queue import saved_views
from intake.queue.filters import Filters
from intake.queue.saved_views import change_view, remove_view, save_view
from intake.web.access import requires
from intake.web.desk.blueprint import bp
from intake.web.desk.conflicts import refusal
from intake.web.desk.queue import chips, queue_page
from intake.web.forms.queue import FULL, TAKEN, ViewForm
from intake.web.language import gettext


@bp.get("/views")
@requires("view.save")
def views() -> ResponseReturnValue:
    """Page of the editor's own saved views and those that colleagues share."""
    return _views_page()


@bp.post("/views")
@requires("view.save")
def add_view() -> ResponseReturnValue:
    """Save the filters of the queue as a view."""
    form, filters = ViewForm(), Filters.parse(request.form)
    if not form.validate():
        return queue_page(filters, form), 422
    with transaction() as session:
        save_view(session, current_user, form.name.data or "", filters.words(), shared=form.shared.data)
    flash(gettext("Saved as “%(name)s”.", name=form.name.data))
    return redirect(f"{url_for('desk.queue')}?{urlencode(filters.words())}", 303)


@bp.post(f"/views/<int(max={BIGINT_MAX}):view_id>")
@requires("view.save")
def edit_view(view_id: int) -> ResponseReturnValue:
    """Rename, share or unshare a view."""
    form = ViewForm()
    if not form.validate():
        return _views_page(view_id, form), 422
    with transaction() as session:
        change_view(session, view_id, current_user, form.name.data or "", shared=form.shared.data)
    flash(gettext("The view is changed."))
    return redirect(url_for("desk.views"), 303)


@refusal("add_view", NameTaken)
def _name_taken() -> ResponseReturnValue:
    return _unsaved(TAKEN)


@refusal("add_view", LimitReached)
def _too_many() -> ResponseReturnValue:
    return _unsaved(FULL)


def _unsaved(problem: str) -> ResponseReturnValue:
    form = ViewForm()
    form.name.errors = [problem]
    return queue_page(Filters.parse(request.form), form), 422


@refusal("edit_view", NameTaken)
def _other_name_taken(view_id: int) -> ResponseReturnValue:
    form = ViewForm()
    form.name.errors = [TAKEN]
    return _views_page(view_id, form), 422


@bp.post(f"/views/<int(max={BIGINT_MAX}):view_id>/removals")
@requires("view.save")
def remove(view_id: int) -> ResponseReturnValue:
    """Delete one of the editor's own views."""
    with transaction() as session:
        remove_view(session, view_id, current_user)
    flash(gettext("The view is deleted. Its submissions are not."))
    return redirect(url_for("desk.views"), 303)


def _views_page(changing: int = 0, form: ViewForm | None = None) -> str:
    """Render the saved views.

    `form` is the form, with errors, of a failed change to the view with id `changing`.
    """
    with transaction() as session:
        found = saved_views.views(session, current_user.id, reach_of(current_user))
    forms = {
        view.id: form
        if form and view.id == changing
        else ViewForm(formdata=None, data={"name": view.name, "shared": view.shared})
        for view in found
    }
    return render_template(
        "desk/views.html", views=found, forms=forms, said={v.id: chips(v.filters, {}) for v in found}
    )
