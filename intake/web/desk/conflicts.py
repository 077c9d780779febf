"""Pages for refused requests, such as an edit of an outdated version. No typed text is lost.

Views do not catch the errors of the functions that they call. The error handlers here choose a page by view
and error.
"""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
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
    OpenPoints,
    StaleRevision,
)
from intake.lifecycle import IllegalMove
from intake.models.decision import VERDICTS
from intake.plurals import gettext_noop
from intake.review import revisions
from intake.review.drafts import save_draft
from intake.review.revisions import Content, compare, content, edited, saved_after
from intake.review.submission_detail import SubmissionDetail, changes_since
from intake.review.timeline import latest_sentences
from intake.web.desk.blueprint import bp, context, load
from intake.web.desk.drafts import typed
from intake.web.desk.editing.merge import Merged, merge, picks, side_by_side
from intake.web.desk.editing.together import together
from intake.web.desk.submission import submission_page
from intake.web.errors import page
from intake.web.forms.decision import DecisionForm
from intake.web.forms.edit import EditForm, RestoreForm, cleaned
from intake.web.forms.fields import VersionForm
from intake.web.forms.messages import MessageForm, NoteForm
from intake.web.forms.publication import AddressForm, CorrectionForm, PublicationForm, RetractionForm
from intake.web.language import gettext

NOT_NOW = gettext_noop("This is no longer possible")
MOVED_ON = (
    NOT_NOW,
    gettext_noop("The submission has changed since."),
    gettext_noop("Reload its page to see its current state."),
)
GONE = (
    NOT_NOW,
    gettext_noop("The submission and its photos were deleted."),
    gettext_noop("Go back to the queue."),
)

NO_DESPITE = gettext_noop("Points of the checklist are open. Settle them, or write why you go on.")

# View → title, problem and advice, for views whose forms have no typed text. Other views use MOVED_ON.
SENTENCES = {
    "claim": (NOT_NOW, gettext_noop("The submission was deleted."), gettext_noop("Go back to the queue.")),
    "undo": (
        gettext_noop("It is too late to undo this"),
        gettext_noop("The decision has taken effect."),
        gettext_noop("You can bring the submission back to review on its page."),
    ),
    "undo_batch": (
        NOT_NOW,
        gettext_noop("All decisions of this batch have taken effect."),
        gettext_noop("You can still bring each submission back to review on its page."),
    ),
    "export": (
        NOT_NOW,
        gettext_noop("Only accepted submissions can be downloaded."),
        gettext_noop("Reload the submission’s page."),
    ),
    "ask_redaction": GONE,
    "ask_crop": GONE,
    "undo_retouch": (
        NOT_NOW,
        gettext_noop("The change is done and cannot be undone."),
        gettext_noop("Reload the photo’s page to see it."),
    ),
}

# View → form class, template partial that shows the typed text, and variable of the partial → form field.
FORMS: dict[str, tuple[type[FlaskForm], str, dict[str, str]]] = {
    "decide": (DecisionForm, "decision", {"verdict": "verdict", "message": "message"}),
    "reopen": (VersionForm, "nothing", {}),
    "publish": (PublicationForm, "publication", {"url": "url"}),
    "mend": (AddressForm, "amendment", {"line": "url"}),
    "correct": (CorrectionForm, "amendment", {"text": "correction"}),
    "retract": (RetractionForm, "amendment", {"text": "reason"}),
    "unpublish": (VersionForm, "nothing", {}),
    "write": (MessageForm, "message", {"text": "letter"}),
    "note": (NoteForm, "note", {"text": "note"}),
}

# (view, error) → function that renders a special page for this error. Filled by the decorator `refusal`.
PAGES: dict[tuple[str, type[Exception]], Callable[..., ResponseReturnValue]] = {}

Page = TypeVar("Page", bound=Callable[..., ResponseReturnValue])


def refusal(view: str, *errors: type[Exception]) -> Callable[[Page], Page]:
    """Register a function that renders the page when the view raises one of these errors.

    The function gets the view's arguments.
    """

    def register(made: Page) -> Page:
        PAGES.update({(view, error): made for error in errors})
        return made

    return register


@bp.errorhandler(StaleRevision)
@bp.errorhandler(IllegalMove)
@bp.errorhandler(NameTaken)
@bp.errorhandler(LimitReached)
def refused(error: Exception) -> ResponseReturnValue:
    """Return the page for the failed view and the error, or a general 409 page."""
    view, arguments = (request.endpoint or "").removeprefix("desk."), request.view_args or {}
    if (view, type(error)) in PAGES:
        return PAGES[view, type(error)](**arguments)
    if view in FORMS:
        return _stale(view, **arguments)
    if isinstance(error, (StaleRevision, IllegalMove)):
        return page(409, *map(gettext, SENTENCES.get(view, MOVED_ON)))
    raise error


@bp.errorhandler(ClaimedByOther)
def claimed_by_other(other: ClaimedByOther) -> ResponseReturnValue:
    """Redirect to the page of the submission, which offers to take over the claim.

    A decision is not refused: the page asks whether to decide anyway.
    """
    if request.endpoint == "desk.decide":
        return _ask_about_claim(**(request.view_args or {}))
    flash(gettext("%(name)s claimed it first. You can take it over.", name=other), "error")
    return redirect(url_for("desk.submission", **(request.view_args or {})), 303)


def _ask_about_claim(submission_id: uuid.UUID) -> ResponseReturnValue:
    current, form = load(submission_id), DecisionForm()
    if not _can_decide(current, form):
        return _stale("decide", submission_id)
    return submission_page(current, form, asked_of=current.submission.claim), 409


def _can_decide(current: SubmissionDetail, form: DecisionForm) -> bool:
    """Return whether the submission's page has the decision form. Without this form, the typed message would be lost."""
    return "accept" in current.may and form.version.data == current.submission.version


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> ResponseReturnValue:
    """Show the page for the failed view and the error, or a 409 page with the reason why the action has to wait."""
    view, arguments = (request.endpoint or "").removeprefix("desk."), request.view_args or {}
    if (view, type(error)) in PAGES:
        return PAGES[view, type(error)](**arguments)
    return page(409, gettext(error.title), gettext(error.reason), gettext(error.advice))


def _stale(view: str, submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show the changes since the form's version. The typed text stays in a form for the current version."""
    made, kind, names = FORMS[view]
    form = made()
    words: dict[str, Any] = {"kind": kind} | {name: form[field].data or "" for name, field in names.items()}
    try:
        current = load(submission_id)
    except NotFound:
        # A deleted submission cannot be shown. Show only the typed text.
        if "text" not in words:
            raise
        return render_template("desk/kept.html", typed=words), 409
    # Without changes, it is the status that forbids the action. The last event in the timeline explains the status.
    changes = changes_since(current, form["version"].data or 0) or latest_sentences(current.timeline, 1)
    form["version"].data = current.submission.version
    return render_template(
        "desk/stale.html", changes=changes, typed=words, form=form, verdicts=VERDICTS, **context(current)
    ), 409


@refusal("decide", OpenPoints)
def open_before_acceptance(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show the decision form again, and ask why the submission is accepted although checklist points are open."""
    current, form = load(submission_id), DecisionForm()
    if not _can_decide(current, form):
        return _stale("decide", submission_id)
    form.despite.errors = [gettext(NO_DESPITE)]
    return submission_page(current, form), 422


@refusal("publish", OpenPoints)
def open_before_publication(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show the publication form again, and ask why the text is published although checklist points are open."""
    form = PublicationForm()
    form.despite.errors = [gettext(NO_DESPITE)]
    return render_template("desk/publication.html", form=form, **context(load(submission_id))), 422


@refusal("restore", StaleRevision, IllegalMove)
def stale_restore(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Show the changes since the form's version, and offer to restore the revision anyway."""
    current, form = load(submission_id), RestoreForm()
    changes = changes_since(current, form.version.data or 0)
    form.version.data = current.submission.version
    return render_template(
        "desk/stale_restore.html", changes=changes, form=form, number=number, **context(current)
    ), 409


@refusal("revise", StaleRevision, IllegalMove)
def stale_edit(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Merge the typed text with the current revision. If both changed a paragraph, let the editor choose first."""
    current = load(submission_id)
    with transaction() as session:
        now = revisions.current(session, submission_id)
        form = EditForm(now)
        version, made = form.version.data or 0, cleaned(form)
        # Save a draft here too, because browsers without scripts do not save drafts while the editor types.
        save_draft(session, submission_id, current_user, "edit", version, typed())
    base, chosen = _base(submission_id, form.base.data), picks(request.form)
    with transaction() as session:
        savers = {
            one.author or gettext("the contributor")
            for one in saved_after(session, submission_id, form.base.data or 0)
        }
    saver = savers.pop() if len(savers) == 1 else gettext("others")
    merged = Merged([], {}, [])
    if base and base.number != now.number:
        merged = merge(form, base, now, made, chosen)
    shown: dict[str, Any] = {
        "changes": changes_since(current, version),
        "theirs": compare(base, now) if base else None,
        "merged": merged,
        **context(current),
    }
    if merged.conflicts and "edit" in current.may:
        sides = [side_by_side(one) for one in merged.conflicts]
        return render_template("desk/merge.html", typed=typed(), sides=sides, saver=saver, **shown), 409
    if base and base.number != now.number:
        form.merged.data = form.merged.data or base.number
    form.version.data, form.base.data = current.submission.version, now.number
    return render_template(
        "desk/stale_edit.html",
        form=form,
        yours=compare(now, edited(now, cleaned(form))),
        together=together(submission_id, now.number),
        **shown,
    ), 409


def _base(submission_id: uuid.UUID, number: int | None) -> Content | None:
    """Load the revision that the form was based on. None if no revision has this number."""
    try:
        with transaction() as session:
            return content(session, submission_id, number or 0)
    except NotFound:
        return None
