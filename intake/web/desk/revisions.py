"""Pages of revisions: read one, compare two, restore one."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.review import cleaning_report, revise, revisions
from intake.review.revisions import content
from intake.web.access import requires
from intake.web.desk.blueprint import after_saving, bp, context, load
from intake.web.errors import page
from intake.web.forms.edit import RestoreForm

__all__ = ["bp"]


@bp.get("/submissions/<uuid:submission_id>/revisions/<int:number>")
@requires("submission.read")
def revision(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Page of one revision with its details."""
    current = load(submission_id)
    text = next((r for r in current.revisions if r.number == number), None)
    if text is None:
        return page(404)
    with transaction() as session:
        details = content(session, submission_id, number).details
    shown = context(current) | {"revision": text, "details": details, "newest": current.revision.number}
    return render_template("desk/revision.html", form=_form(current.submission.version), **shown)


@bp.get("/submissions/<uuid:submission_id>/compare")
@requires("submission.read")
def compare(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page of the differences between two revisions. The default is the last two."""
    current = load(submission_id)
    newest = current.revision.number
    before = request.args.get("from", type=int, default=max(1, newest - 1))
    after = request.args.get("to", type=int, default=newest)
    with transaction() as session:
        one, other = (content(session, submission_id, number) for number in (before, after))
    return render_template(
        "desk/compare.html", before=one, after=other, comparison=revisions.compare(one, other), newest=newest,
        form=_form(current.submission.version), **context(current),
    )  # fmt: skip


# The maximum in the URL is the largest number of the PostgreSQL column, a 32-bit integer.
@bp.post("/submissions/<uuid:submission_id>/revisions/<int(max=2147483647):number>/restore")
@requires("submission.edit")
def restore(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Restore an older revision: its content is saved as a new revision."""
    form = RestoreForm()
    if not form.validate():
        return page(422)
    with transaction() as session:
        revise.restore(session, submission_id, current_user, form.version.data or 0, number, form.why(number))
    return after_saving(submission_id)


@bp.get("/submissions/<uuid:submission_id>/cleaning")
@requires("submission.read")
def cleaning(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page of the changes that cleaning made to the title, text and other fields from the contributor."""
    with transaction() as session:
        found = cleaning_report.cleaning(session, submission_id)
    return render_template("desk/cleaning.html", submission_id=submission_id, **vars(found))


def _form(version: int) -> RestoreForm:
    return RestoreForm(formdata=None, data={"version": version})
