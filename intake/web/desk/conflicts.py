"""Pages for requests that the domain refuses. Nothing is saved, and no typed text is lost.

Views call one action and catch nothing. The error handlers here find the page by the view and the error.
"""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from intake.db import transaction
from intake.errors import (
    ClaimedByOther,
    LimitReached,
    NameTaken,
    NotFound,
    NotNow,
    StaleRevision,
)
from intake.lifecycle import IllegalMove
from intake.review import revisions
from intake.review.drafts import save_draft
from intake.review.revisions import Content, compare, content, edited
from intake.review.submission_detail import changes_since
from intake.review.timeline import latest_sentences
from intake.web.desk.blueprint import bp, context, load
from intake.web.desk.drafts import typed
from intake.web.desk.merge import merge
from intake.web.errors import page
from intake.web.forms.decision import DecisionForm, PublicationForm
from intake.web.forms.edit import EditForm, RestoreForm, cleaned
from intake.web.forms.fields import VersionForm
from intake.web.forms.messages import MessageForm, NoteForm

NOT_NOW = "This is no longer possible"
MOVED_ON = (NOT_NOW, "The submission has changed since.", "Reload its page to see its current state.")
GONE = (NOT_NOW, "The submission and its photos were deleted.", "Go back to the queue.")

# View → title, problem and advice, for views without typed text to keep. Other views use MOVED_ON.
SENTENCES = {
    "claim": (NOT_NOW, "The submission was deleted.", "Go back to the queue."),
    "undo": (
        "It is too late to undo this",
        "The decision has taken effect.",
        "You can bring the submission back to review on its page.",
    ),
    "undo_batch": (
        NOT_NOW,
        "All decisions of this batch have taken effect.",
        "You can still bring each submission back to review on its page.",
    ),
    "export": (NOT_NOW, "Only accepted submissions can be downloaded.", "Reload the submission’s page."),
    "ask_redaction": GONE,
    "ask_crop": GONE,
    "undo_retouch": (
        NOT_NOW,
        "The change is done and cannot be undone.",
        "Reload the photo’s page to see it.",
    ),
}

# View → form, partial that shows the typed text, and names of the fields in that partial.
FORMS: dict[str, tuple[type[FlaskForm], str, dict[str, str]]] = {
    "decide": (DecisionForm, "decision", {"verdict": "verdict", "message": "message"}),
    "reopen": (VersionForm, "nothing", {}),
    "publish": (PublicationForm, "publication", {"url": "url"}),
    "write": (MessageForm, "message", {"text": "letter"}),
    "note": (NoteForm, "note", {"text": "note"}),
}

# (view, error) → function that makes a page of its own. Filled by `refusal`.
PAGES: dict[tuple[str, type[Exception]], Callable[..., ResponseReturnValue]] = {}

Page = TypeVar("Page", bound=Callable[..., ResponseReturnValue])


def refusal(view: str, *errors: type[Exception]) -> Callable[[Page], Page]:
    """Register the page of a view for these errors of its action. The page gets the view's arguments."""

    def register(made: Page) -> Page:
        PAGES.update({(view, error): made for error in errors})
        return made

    return register


@bp.errorhandler(StaleRevision)
@bp.errorhandler(IllegalMove)
@bp.errorhandler(NameTaken)
@bp.errorhandler(LimitReached)
def refused(error: Exception) -> ResponseReturnValue:
    """Return the page of the view for this error, or a 409 page with a sentence."""
    try:
        return _page_for(error)
    except NotFound as gone:
        # Flask does not map what an error handler raises.
        return current_app.handle_user_exception(gone)


def _page_for(error: Exception) -> ResponseReturnValue:
    view, arguments = (request.endpoint or "").removeprefix("desk."), request.view_args or {}
    if (view, type(error)) in PAGES:
        return PAGES[view, type(error)](**arguments)
    if view in FORMS:
        return _stale(view, **arguments)
    if isinstance(error, (StaleRevision, IllegalMove)):
        return page(409, *SENTENCES.get(view, MOVED_ON))
    raise error


@bp.errorhandler(ClaimedByOther)
def claimed_by_other(other: ClaimedByOther) -> ResponseReturnValue:
    """Redirect to the submission, whose page offers a takeover."""
    flash(f"{other} claimed it first. You can take it over.", "error")
    return redirect(url_for("desk.submission", **(request.view_args or {})), 303)


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> ResponseReturnValue:
    """Say why this has to wait."""
    return page(409, error.title, error.reason, error.advice)


def _stale(view: str, submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show what changed in the meantime. The typed text stays in a form for the current version."""
    made, kind, names = FORMS[view]
    form = made()
    words: dict[str, Any] = {"kind": kind} | {name: form[field].data or "" for name, field in names.items()}
    try:
        current = load(submission_id)
    except NotFound:
        # A deleted submission has no page. The typed text is shown on a page without it.
        if "text" not in words:
            raise
        return render_template("desk/kept.html", typed=words), 409
    # The page can be up to date and the action still impossible. The last change then explains it.
    changes = changes_since(current, form["version"].data or 0) or latest_sentences(current.timeline, 1)
    form["version"].data = current.submission.version
    return render_template(
        "desk/stale.html", changes=changes, typed=words, form=form, **context(current)
    ), 409


@refusal("restore", StaleRevision, IllegalMove)
def stale_restore(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Show what changed in the meantime, and offer to restore the revision anyway."""
    current, form = load(submission_id), RestoreForm()
    changes = changes_since(current, form.version.data or 0)
    form.version.data = current.submission.version
    return render_template(
        "desk/stale_restore.html", changes=changes, form=form, number=number, **context(current)
    ), 409


@refusal("revise", StaleRevision, IllegalMove)
def stale_edit(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show the typed text, the current text, and the differences between them."""
    current = load(submission_id)
    with transaction() as session:
        now = revisions.current(session, submission_id)
        form = EditForm(now)
        version, made = form.version.data or 0, cleaned(form)
        # The script saves drafts too, but not every browser runs it.
        save_draft(session, submission_id, current_user, "edit", version, typed())
    base = _base(submission_id, form.base.data)
    taken = merge(form, base, now, made) if base and base.number != now.number else []
    form.version.data, form.base.data = current.submission.version, now.number
    return render_template(
        "desk/stale_edit.html",
        form=form,
        changes=changes_since(current, version),
        theirs=compare(base, now) if base else None,
        yours=compare(now, edited(now, cleaned(form))),
        taken=taken,
        **context(current),
    ), 409


def _base(submission_id: uuid.UUID, number: int | None) -> Content | None:
    """Load the revision that the form was based on. None if there is no such revision."""
    try:
        with transaction() as session:
            return content(session, submission_id, number or 0)
    except NotFound:
        return None
