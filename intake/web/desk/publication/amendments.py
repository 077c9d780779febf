"""Page of a publication: change its address, record a correction, retract it or unpublish it."""

import uuid
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.publishing import amend
from intake.publishing.corrections import publication_notes
from intake.web.access import requires
from intake.web.current import reading
from intake.web.desk.blueprint import bp, context, load
from intake.web.forms.fields import VersionForm
from intake.web.forms.publication import AddressForm, CorrectionForm, RetractionForm
from intake.web.language import gettext

__all__ = ["bp"]


@bp.get("/submissions/<uuid:submission_id>/publication")
@requires("submission.read")
def publication(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page of the publication of a submission, with its corrections and the reason of a retraction."""
    return _page(submission_id)


@bp.post("/submissions/<uuid:submission_id>/publication/address")
@requires("submission.publish")
def mend(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Change the address of a publication. An empty address removes the stored one."""
    form = AddressForm()
    if not form.validate():
        return _page(submission_id, address=form), 422
    with transaction() as session:
        amend.mend(session, submission_id, current_user, form.version.data or 0, form.url.data or "")
    flash(gettext("The address is saved."), "success")
    return _back(submission_id)


@bp.post("/submissions/<uuid:submission_id>/publication/corrections")
@requires("submission.publish")
def correct(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Record that the publication was corrected."""
    form = CorrectionForm()
    if not form.validate() or form.dated.data is None:
        return _page(submission_id, correction=form), 422
    with transaction() as session:
        amend.correct(
            session,
            submission_id,
            current_user,
            form.version.data or 0,
            form.correction.data or "",
            form.dated.data,
        )
    flash(gettext("The correction is recorded."), "success")
    return _back(submission_id)


@bp.post("/submissions/<uuid:submission_id>/publication/retractions")
@requires("submission.publish")
def retract(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Retract a publication. The contributor is told at once."""
    form = RetractionForm()
    if not form.validate():
        return _page(submission_id, retraction=form), 422
    with transaction() as session:
        amend.retract(session, submission_id, current_user, form.version.data or 0, form.reason.data or "")
    flash(gettext("Retracted. The contributor reads it with the receipt."), "success")
    return _back(submission_id)


@bp.post("/submissions/<uuid:submission_id>/publication/removals")
@requires("submission.publish")
def unpublish(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Return a published submission to accepted. The contributor is told at once."""
    form = VersionForm()
    if not form.validate():
        return _page(submission_id), 422
    with transaction() as session:
        amend.unpublish(session, submission_id, current_user, form.version.data or 0)
    flash(gettext("Unpublished. The submission is accepted again, and the contributor is told."), "success")
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


def _back(submission_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("desk.publication", submission_id=submission_id), 303)


def _page(
    submission_id: uuid.UUID,
    *,
    address: AddressForm | None = None,
    correction: CorrectionForm | None = None,
    retraction: RetractionForm | None = None,
) -> str:
    """Render the page of a publication. Forms are given only if they have errors to show."""
    current = load(submission_id)
    with reading() as session:
        notes = publication_notes(session, submission_id)
    version = {"version": current.submission.version}
    address_data: dict[str, Any] = version | {"url": current.submission.published_url or ""}
    today: dict[str, Any] = version | {"dated": datetime.now(UTC).date()}
    return render_template(
        "desk/amendments.html",
        address=address or AddressForm(formdata=None, data=address_data),
        correction=correction or CorrectionForm(formdata=None, data=today),
        retraction=retraction or RetractionForm(formdata=None, data=version),
        wrong=address or correction or retraction,
        notes=notes,
        **context(current),
    )
