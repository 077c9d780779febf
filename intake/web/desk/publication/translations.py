"""Links between a submission and its translations."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.permissions.reach import reach_of
from intake.review import translations
from intake.review.translations import LinkRefused
from intake.web.access import requires
from intake.web.desk.blueprint import bp, load
from intake.web.desk.submission import submission_page
from intake.web.forms.publication import SourceForm
from intake.web.language import gettext

__all__ = ["bp"]


@bp.post("/submissions/<uuid:submission_id>/source")
@requires("translation.link")
def link_source(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Mark the submission as the translation of another one, which the form names by its number or address."""
    form, reach = SourceForm(), reach_of(current_user)
    if not form.validate():
        return submission_page(load(submission_id), source_form=form), 422
    try:
        with transaction() as session:
            source = translations.find(session, form.source.data or "", reach)
            translations.link(session, submission_id, current_user, source, reach)
    except LinkRefused as refused:
        form.source.errors = [gettext(str(refused))]
        return submission_page(load(submission_id), source_form=form), 422
    flash(gettext("Linked as a translation."), "success")
    return _back(submission_id)


@bp.post("/submissions/<uuid:submission_id>/source/renewals")
@requires("translation.link")
def renew_source(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Record that the translation follows the newest revision of its source."""
    with transaction() as session:
        translations.renew(session, submission_id, current_user, reach_of(current_user))
    flash(gettext("Marked as up to date with its source."), "success")
    return _back(submission_id)


@bp.post("/submissions/<uuid:submission_id>/source/removals")
@requires("translation.link")
def unlink_source(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Unlink a translation from its source. Redirects to the submission in the form field `from`, if given."""
    with transaction() as session:
        translations.unlink(session, submission_id, current_user)
    flash(gettext("No longer linked as a translation."), "success")
    return _back(request.form.get("from", submission_id, type=uuid.UUID))


def _back(submission_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("desk.submission", submission_id=submission_id, _anchor="translations"), 303)
