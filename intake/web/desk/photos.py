"""Pages of one photo: view, mark as graphic, redact and crop."""

import uuid

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from intake.db import transaction
from intake.photos.retouch.marks import BLOCK
from intake.retouches import faces
from intake.retouches import request as retouch
from intake.retouches.request import mark_graphic
from intake.review.photo_detail import PhotoDetail, photo_detail
from intake.review.submission_detail import SubmissionDetail
from intake.web.access import requires
from intake.web.current import config
from intake.web.desk.blueprint import bp, context, load
from intake.web.forms.photos import MOST_MARKS, CropForm, GraphicForm, MarkForm, RedactionForm, WholeForm

__all__ = ["bp", "photo_url"]


def photo_url(submission_id: uuid.UUID, photo_id: uuid.UUID) -> str:
    """Return the URL of the page of a photo."""
    return url_for("desk.photo_page", submission_id=submission_id, photo_id=photo_id)


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/")
@requires("submission.read")
def photo_page(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Page of a photo in large size, with the metadata that cleaning removed and the available tools."""
    current = load(submission_id)
    return render_template("desk/photo.html", **context(current), **vars(photo_detail(current, photo_id)))


@bp.post("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/graphic")
@requires("photo.change")
def mark(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Mark or unmark a photo as graphic."""
    form = GraphicForm()
    with transaction() as session:
        mark_graphic(session, submission_id, photo_id, current_user, graphic=bool(form.graphic.data))
    return redirect(photo_url(submission_id, photo_id), 303)


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/redactions/new")
@requires("photo.change")
def redact(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Page to mark the areas to redact."""
    current = load(submission_id)
    return _redaction_page(current, photo_detail(current, photo_id), RedactionForm(formdata=None))


@bp.post("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/redactions")
@requires("photo.change")
def ask_redaction(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Request a redaction. The button `another` adds an empty row for a mark instead.

    The button `faces` requests a search for faces ("ask"), or adds suggested faces as marks ("all", or a number).
    """
    current, form = load(submission_id), RedactionForm()
    found = photo_detail(current, photo_id)
    if "another" in request.form:
        if len(form.marks) < MOST_MARKS:
            form.marks.append_entry()
        return _redaction_page(current, found, form)
    if wanted := request.form.get("faces"):
        return _faces_page(current, found, form, wanted)
    if not form.validate():
        return _redaction_page(current, found, form), 422
    with transaction() as session:
        retouch.redact(session, submission_id, photo_id, current_user, form.drawn())
    return redirect(photo_url(submission_id, photo_id), 303)


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/crops/new")
@requires("photo.change")
def crop(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Page to choose a crop and a focal point."""
    current = load(submission_id)
    found = photo_detail(current, photo_id)
    return _crop_page(current, found, CropForm(formdata=None, data=_chosen(found)))


@bp.post("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/crops")
@requires("photo.change")
def ask_crop(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Request a crop, or the removal of the crop."""
    current, form = load(submission_id), CropForm()
    found = photo_detail(current, photo_id)
    if WholeForm().whole.data:
        area, focus = None, found.photo.focus
    elif form.validate_in(found.photo.whole):
        area, focus = form.area(found.photo.whole), form.focus()
    else:
        return _crop_page(current, found, form), 422
    with transaction() as session:
        retouch.crop(session, submission_id, photo_id, current_user, area, focus)
    return redirect(photo_url(submission_id, photo_id), 303)


@bp.post(
    "/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/retouches/<int(max=9223372036854775807):retouch_id>/undo"
)
@requires("photo.change")
def undo_retouch(submission_id: uuid.UUID, photo_id: uuid.UUID, retouch_id: int) -> ResponseReturnValue:
    """Undo a pending redaction or crop."""
    with transaction() as session:
        retouch.undo_retouch(session, submission_id, photo_id, retouch_id, current_user)
    return redirect(photo_url(submission_id, photo_id), 303)


def _faces_page(current: SubmissionDetail, found: PhotoDetail, form: RedactionForm, wanted: str) -> str:
    """Redaction page after a face search was requested, or with suggested faces added to the typed marks."""
    with transaction() as session:
        if wanted == "ask":
            faces.request_search(session, current.submission.id, found.photo.id, current_user)
        suggested = faces.suggestions(session, found.photo.id, found.photo.generation)
    left = form.unmarked(suggested.faces)
    if wanted != "ask":
        form.mark([face for number, face in left if wanted in ("all", str(number))])
    return _redaction_page(current, found, form)


def _redaction_page(current: SubmissionDetail, found: PhotoDetail, form: RedactionForm) -> str:
    with transaction() as session:
        suggested = faces.suggestions(session, found.photo.id, found.photo.generation)
    return _tool_page(
        "desk/redaction.html",
        current,
        found,
        form,
        blank=MarkForm(prefix="marks-__n__-"),
        most_marks=MOST_MARKS,
        search=suggested.state,
        faces=form.unmarked(suggested.faces),
        block=BLOCK.get(found.photo.format or "", 1),
    )


def _crop_page(current: SubmissionDetail, found: PhotoDetail, form: CropForm) -> str:
    return _tool_page("desk/crop.html", current, found, form)


def _tool_page(
    template: str, current: SubmissionDetail, found: PhotoDetail, form: FlaskForm, **more: object
) -> str:
    seconds = config().undo_seconds
    return render_template(
        template, form=form, undo_seconds=seconds, **context(current), **vars(found), **more
    )


def _chosen(found: PhotoDetail) -> dict[str, float]:
    """Return the current crop and focal point in percent. Without a crop: the whole photo."""
    crop, focus = found.photo.crop, found.photo.focus
    area = vars(crop) if crop else {"x": 0, "y": 0, "width": 1, "height": 1}
    point = {f"focus_{axis}": value for axis, value in (focus or {}).items()}
    return {name: round(100 * value, 2) for name, value in {**area, **point}.items()}
