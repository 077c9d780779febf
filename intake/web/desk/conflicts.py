"""Pages for what the domain refuses: nothing was saved, nothing typed is lost, and the page says what changed.

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
    RetouchPending,
    SecondEditorNeeded,
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

NOT_NOW = "That cannot be done any more"
MOVED_ON = (NOT_NOW, "This submission has moved on.", "Load its page again to see where it stands.")
GONE = (NOT_NOW, "The submission is gone, and its photos with it.", "Go back to the queue.")
WAITS = (
    "Not yet",
    "A photo of this piece is being changed as an editor asked, and still shows what is to go.",
    "Wait a minute, then download it again. Or open the photo and undo the change.",
)
SECOND = (
    NOT_NOW,
    "You gave the first approval. This section asks for a second editor’s.",
    "Ask a colleague: a note that mentions them reaches them at once.",
)

# View → title, what happened, what to do, where nothing was typed that could be kept. MOVED_ON for all others.
SENTENCES = {
    "claim": (NOT_NOW, "Nothing is left to work on.", "Go back to the queue."),
    "undo": (
        "It is too late to take this back",
        "The decision has taken effect.",
        "This decision has taken effect. The submission’s page offers to bring it back.",
    ),
    "undo_batch": (
        NOT_NOW,
        "All of it has taken effect.",
        "You can still bring back each submission by itself.",
    ),
    "export": (NOT_NOW, "Only accepted pieces can be downloaded.", "Load the submission's page again."),
    "ask_redaction": GONE,
    "ask_crop": GONE,
    "undo_retouch": (
        NOT_NOW,
        "It has been done: those pixels are gone.",
        "Load the photo's page again to see it.",
    ),
}

# View → its form, the partial that shows what was typed, and the partial's name of each field.
FORMS: dict[str, tuple[type[FlaskForm], str, dict[str, str]]] = {
    "decide": (DecisionForm, "decision", {"verdict": "verdict", "message": "message"}),
    "reopen": (VersionForm, "nothing", {}),
    "publish": (PublicationForm, "publication", {"url": "url"}),
    "write": (MessageForm, "message", {"text": "letter"}),
    "note": (NoteForm, "note", {"text": "note"}),
}

# View and error → a page that none of the two above can show; see `refusal`.
PAGES: dict[tuple[str, type[Exception]], Callable[..., ResponseReturnValue]] = {}

Page = TypeVar("Page", bound=Callable[..., ResponseReturnValue])


def refusal(view: str, *errors: type[Exception]) -> Callable[[Page], Page]:
    """Register the page that a view shows when its action raises one of `errors`; it gets the view's arguments."""

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
def claimed(other: ClaimedByOther) -> ResponseReturnValue:
    """Back to the submission, which offers to take it over."""
    flash(f"{other} was quicker and has it now. You can take it over.", "error")
    return redirect(url_for("desk.submission", **(request.view_args or {})), 303)


@bp.errorhandler(RetouchPending)
def waits(_error: RetouchPending) -> ResponseReturnValue:
    """Nothing leaves while a photo still shows what is to go."""
    return page(409, *WAITS)


@bp.errorhandler(SecondEditorNeeded)
def second(_error: SecondEditorNeeded) -> ResponseReturnValue:
    """One editor cannot approve twice."""
    return page(409, *SECOND)


def _stale(view: str, submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show what happened meanwhile, and keep what was typed in a form for the version of now."""
    made, kind, names = FORMS[view]
    form = made()
    words: dict[str, Any] = {"kind": kind} | {name: form[field].data or "" for name, field in names.items()}
    try:
        current = load(submission_id)
    except NotFound:
        # Of a submission that is deleted there is no page, and the words stand on one of their own.
        if "text" not in words:
            raise
        return render_template("desk/kept.html", typed=words), 409
    # The page may have been up to date and the deed be impossible all the same: then the last change says why.
    changes = changes_since(current, form["version"].data or 0) or latest_sentences(current.timeline, 1)
    form["version"].data = current.submission.version
    return render_template(
        "desk/stale.html", changes=changes, typed=words, form=form, **context(current)
    ), 409


@refusal("restore", StaleRevision, IllegalMove)
def stale_restore(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Show what happened meanwhile, and offer to go back all the same."""
    current, form = load(submission_id), RestoreForm()
    changes = changes_since(current, form.version.data or 0)
    form.version.data = current.submission.version
    return render_template(
        "desk/stale_restore.html", changes=changes, form=form, number=number, **context(current)
    ), 409


@refusal("revise", StaleRevision, IllegalMove)
def stale_edit(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show both side by side: what was typed, what they made of it meanwhile, and the difference."""
    current = load(submission_id)
    with transaction() as session:
        now = revisions.current(session, submission_id)
        form = EditForm(now)
        version, made = form.version.data or 0, cleaned(form)
        # Not every browser runs the script that has kept it already.
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
    """The revision that the form was made on."""
    try:
        with transaction() as session:
            return content(session, submission_id, number or 0)
    except NotFound:
        return None
