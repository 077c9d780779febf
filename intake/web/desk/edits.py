"""Pages to edit the text and details of a submission."""

import uuid

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.plurals import gettext_noop
from intake.review import revise, revisions
from intake.review.drafts import SavedDraft, delete_draft, differs, saved_drafts
from intake.review.revisions import Content, compare, edited
from intake.review.submission_detail import SubmissionDetail
from intake.text import report, sandboxed
from intake.web.access import requires
from intake.web.current import config
from intake.web.desk.blueprint import after_saving, bp, context, load
from intake.web.desk.conflicts import MOVED_ON
from intake.web.desk.drafts import draft_form_data, fields_of
from intake.web.desk.editing.merge import PICK
from intake.web.desk.editing.together import must_ask, together
from intake.web.display import size
from intake.web.errors import page
from intake.web.forms.edit import NO_TEXT_LEFT, EditForm, cleaned, edit_body, shown
from intake.web.language import gettext

__all__ = ["bp", "edit_body"]

KIND = "edit"
PASTE_TOO_LARGE = gettext_noop("That is more than %(size)s, so only its plain words were pasted.")


@bp.url_value_preprocessor
def allow_for_text(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Set the limit of the request body for an edit. The CSRF check reads the form before the view runs."""
    if endpoint in ("desk.revise", "desk.clean_paste") or (
        endpoint == "desk.save" and values and values.get("kind") == KIND
    ):
        request.max_content_length = edit_body(config())


@bp.get("/submissions/<uuid:submission_id>/revisions/new")
@requires("submission.edit")
def edit(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page with the edit form. An unsaved draft is offered first, and `?draft=use` loads it.

    If a colleague has asked to edit alone, a page asks once whether to go on. `?all-the-same=y` is the answer yes.
    """
    current, now, draft = _open(submission_id)
    if "edit" not in current.may:
        return page(409, *map(gettext, MOVED_ON))
    if keeper := must_ask(submission_id, agreed=request.args.get("all-the-same") == "y"):
        return render_template("desk/ask_edit.html", keeper=keeper, **context(current))
    form = EditForm(now, formdata=None, data=shown(now, current.submission.version))
    if draft is None or not differs(draft.fields, fields_of(form)):
        return _edit_page(current, form)
    typed = EditForm(now, formdata=draft_form_data(draft))
    if request.args.get("draft") == "use":
        return _edit_page(current, typed, draft)
    changed = compare(now, edited(now, cleaned(typed)))
    return render_template("desk/draft.html", draft=draft, comparison=changed, **context(current))


@bp.post("/submissions/<uuid:submission_id>/revisions", endpoint="revise")
@requires("submission.edit")
def save_revision(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Save an edit as a new revision, cleaned like a contributor's text."""
    current, now, _draft = _open(submission_id)
    form = EditForm(now)
    if not form.validate():
        return _edit_page(current, form), 422
    made = cleaned(form)
    if not made.html and now.html:
        form.body.errors = [NO_TEXT_LEFT]
        return _edit_page(current, form), 422
    with transaction() as session:
        revise.revise(
            session, submission_id, current_user, form.version.data or 0, made, merged=form.merged.data
        )
        delete_draft(session, submission_id, current_user, KIND)
    return after_saving(submission_id)


@bp.post("/paste")
@requires("submission.edit")
def clean_paste() -> ResponseReturnValue:
    """Clean pasted HTML like a contributor's text, and store nothing.

    Returns the cleaned HTML (`html`) and a sentence about what was removed (`removed`, may be empty), as JSON.
    """
    pasted = request.form.get("html", "")
    if len(pasted.encode("utf-8", "replace")) > config().max_text_bytes:
        return jsonify(error=gettext(PASTE_TOO_LARGE, size=size(config().max_text_bytes))), 413
    found = sandboxed.clean(pasted, format="html")
    return jsonify(
        html=found.html, removed=report.sentence({"removed": found.removed}) if found.removed else ""
    )


def _open(submission_id: uuid.UUID) -> tuple[SubmissionDetail, Content, SavedDraft | None]:
    current = load(submission_id)
    with transaction() as session:
        draft = saved_drafts(session, submission_id, current_user.id).get(KIND)
        return current, revisions.current(session, submission_id), draft


def _edit_page(current: SubmissionDetail, form: EditForm, draft: SavedDraft | None = None) -> str:
    picks = {
        name: values[0] for name, values in (draft.fields if draft else {}).items() if name.startswith(PICK)
    }
    others = together(current.submission.id, form.base.data or current.revision.number)
    return render_template(
        "desk/edit.html", form=form, draft=draft, picks=picks, together=others, **context(current)
    )
