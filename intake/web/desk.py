"""The editors' side: parse, call one action, map what it refuses, redirect."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions.contact import view_contact as read_contact
from intake.actions.decide import decide as take_decision
from intake.actions.downloads import download
from intake.actions.errors import ReasonMissing, StaleRevision
from intake.actions.revise import Edit
from intake.actions.revise import revise as add_revision
from intake.db import transaction
from intake.export import archive, file_name
from intake.lifecycle import STATUSES, IllegalMove
from intake.models.photo import SIZES
from intake.queries.piece import Piece, changes_since, clean_photo, piece
from intake.queries.queue import FILTERS, counts, editor_queue
from intake.settings import Settings
from intake.storage import files
from intake.text import clean_body, clean_line, source
from intake.web.access import roles
from intake.web.current import config
from intake.web.errors import page
from intake.web.forms import EDIT_FACTOR, DecisionForm, EditForm
from intake.web.headers import as_file

bp = Blueprint("desk", __name__, url_prefix="/desk")

NOT_NOW = "That cannot be done any more"
NO_TEXT_LEFT = "There is no text left. To turn the piece down, reject it."


def edit_body(settings: Settings) -> int:
    """Bytes that an edit may take on its way: three for each byte of text, and as much again for the page that refuses more."""
    return 1024 * 1024 + 2 * 3 * EDIT_FACTOR * settings.max_text_bytes


@bp.url_value_preprocessor
def allow_for_text(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Before the check for forgery reads the form: in the view it would be too late."""
    if endpoint == "desk.revise":
        request.max_content_length = edit_body(config())


@bp.get("/")
@roles("editor", "chief")
def queue() -> ResponseReturnValue:
    """What waits, or what a filter names."""
    status = request.args.get("status", "waiting")
    order = "oldest" if request.args.get("order") == "oldest" else "newest"
    if status not in FILTERS and status not in STATUSES:
        return page(404)
    with transaction() as session:
        found = editor_queue(session, status=status, order=order, after=request.args.get("after", ""))
        numbers = counts(session)
    return render_template("desk/queue.html", status=status, order=order, counts=numbers, **vars(found))


@bp.get("/submissions/<uuid:submission_id>")
@roles("editor", "chief")
def submission(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Text, photos, timeline, and what can be decided."""
    return _piece_page(_load(submission_id))


@bp.post("/submissions/<uuid:submission_id>/decisions")
@roles("editor", "chief")
def decide(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept or reject."""
    form = DecisionForm()
    verdict = form.verdict.data or ""
    if not form.validate():
        return _piece_page(_load(submission_id), form), 422
    try:
        with transaction() as session:
            take_decision(
                session, submission_id, current_user, form.version.data or 0, verdict, form.reason.data or ""
            )
    except ReasonMissing:
        form.reason.errors = ["Please say why: the contributor reads it."]
        return _piece_page(_load(submission_id), form), 422
    except (StaleRevision, IllegalMove):
        return _stale(
            submission_id, form, {"kind": "decision", "verdict": verdict, "reason": form.reason.data or ""}
        )
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.get("/submissions/<uuid:submission_id>/revisions/new")
@roles("editor", "chief")
def edit(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The current text in an editor."""
    current = _load(submission_id)
    if "edit" not in current.may:
        return page(
            409, NOT_NOW, "This submission has moved on.", "Load its page again to see where it stands."
        )
    text = current.revision
    form = EditForm(
        formdata=None, data={"version": current.submission.version, "title": text.title, "body": source(text.source)}
    )
    return _edit_page(current, form)


@bp.post("/submissions/<uuid:submission_id>/revisions")
@roles("editor", "chief")
def revise(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an edit as a new revision, cleaned like a contributor's text."""
    form, current = EditForm(), _load(submission_id)
    if not form.validate():
        return _edit_page(current, form), 422
    cleaned = _cleaned(form)
    if not cleaned.html and current.revision.source:
        form.body.errors = [NO_TEXT_LEFT]
        return _edit_page(current, form), 422
    try:
        with transaction() as session:
            add_revision(session, submission_id, current_user, form.version.data or 0, cleaned)
    except (StaleRevision, IllegalMove):
        typed = {
            "kind": "edit",
            "title": form.title.data,
            "body": form.body.data,
            "note": form.note.data or "",
        }
        return _stale(submission_id, form, typed)
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.get("/submissions/<uuid:submission_id>/revisions/<int:number>")
@roles("editor", "chief")
def revision(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """An older text."""
    current = _load(submission_id)
    text = next((r for r in current.revisions if r.number == number), None)
    if text is None:
        return page(404)
    return render_template("desk/revision.html", **(_context(current) | {"revision": text}))


@bp.post("/submissions/<uuid:submission_id>/contact-views")
@roles("editor", "chief")
def view_contact(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show how to reach the contributor; that it was shown is in the timeline."""
    with transaction() as session:
        contact = read_contact(session, submission_id, current_user)
    return _piece_page(_load(submission_id), contact=contact)


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<size>")
@roles("editor", "chief")
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """A clean copy of a photo: full, web or thumb."""
    if size not in SIZES:
        return page(404)
    with transaction() as session:
        found = clean_photo(session, submission_id, photo_id)
        key, name = found.submission.key, found.clean_name(size)
    try:
        data = files().read(name, key)
    except FileNotFoundError:  # withdrawn and deleted since
        return page(404)
    short = found.submission.short_id
    return as_file(
        data, f"image/{found.format}", f"transom-{short}-{found.position:02d}-{size}.{found.format}"
    )


@bp.get("/submissions/<uuid:submission_id>/export.zip")
@roles("editor", "chief")
def export(submission_id: uuid.UUID) -> ResponseReturnValue:
    """An accepted piece as a ZIP: HTML, Markdown, photos, captions and credits."""
    try:
        with transaction() as session:
            key = download(session, submission_id, current_user)
    except IllegalMove:
        return page(
            409, NOT_NOW, "Only accepted pieces can be downloaded.", "Load the submission's page again."
        )
    accepted = _load(submission_id)
    return as_file(archive(accepted, key), "application/zip", file_name(accepted))


def _load(submission_id: uuid.UUID) -> Piece:
    with transaction() as session:
        return piece(session, submission_id)


def _context(current: Piece) -> dict[str, object]:
    return {**vars(current), "revision": current.revision}


def _piece_page(current: Piece, form: DecisionForm | None = None, contact: str | None = None) -> str:
    form = form or DecisionForm(formdata=None, data={"version": current.submission.version})
    return render_template("desk/submission.html", form=form, contact=contact, **_context(current))


def _edit_page(current: Piece, form: EditForm) -> str:
    return render_template("desk/edit.html", form=form, **_context(current))


def _cleaned(form: EditForm) -> Edit:
    body = clean_body(form.body.data or "", format="html")
    return Edit(clean_line(form.title.data or ""), body.html, body.words, clean_line(form.note.data or ""))


def _stale(
    submission_id: uuid.UUID, form: DecisionForm | EditForm, typed: Mapping[str, str | None]
) -> ResponseReturnValue:
    """Nothing was saved: show what happened meanwhile, and keep what was typed in a form for the version of now."""
    current = _load(submission_id)
    changes = changes_since(current, form.version.data or 0)
    form.version.data = current.submission.version
    return render_template(
        "desk/stale.html", changes=changes, typed=typed, form=form, **_context(current)
    ), 409
