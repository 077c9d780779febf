"""Admin page of the phrases that make a submission suspicious."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.errors import StaleRevision
from intake.submissions.suspicion import phrase_list
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.forms.admin import PhrasesForm

STALE = "Another admin has changed the list since you opened this page. Compare it with the version below, then save again."


@bp.get("/phrases", endpoint="phrases")
@requires("settings.change")
def show_phrases() -> ResponseReturnValue:
    """Page of the list of phrases, with its latest versions."""
    with transaction() as session:
        newest = phrase_list.current(session)
    return _page(PhrasesForm(formdata=None, data={"body": newest.body, "version": newest.number}))


@bp.post("/phrases")
@requires("settings.change")
def save_phrases() -> ResponseReturnValue:
    """Save a new version of the list."""
    form = PhrasesForm()
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        phrase_list.save(session, current_user, form.body.data or "", form.version.data or 0)
    flash("The list is saved. It holds for what arrives from now on.", "success")
    return redirect(url_for("admin.phrases"), 303)


@bp.errorhandler(StaleRevision)
def changed_meanwhile(_error: StaleRevision) -> ResponseReturnValue:
    """Show the typed list again beside the newest version."""
    form = PhrasesForm()
    with transaction() as session:
        form.version.data = phrase_list.current(session).number
    form.body.errors = [STALE]
    return _page(form), 409


def _page(form: PhrasesForm) -> str:
    with transaction() as session:
        found = phrase_list.versions(session)
    return render_template("admin/phrases.html", form=form, versions=found)
