"""Pages of a draft: begin, change, preview, send and delete it.

The receipt opens a draft, and is sent in form bodies only. Every button on a draft's page submits the whole form, so that
no button loses typed text.
"""

import logging
import uuid
from dataclasses import asdict

from flask import render_template, request
from flask.typing import ResponseReturnValue

from intake import receipts
from intake.crypto import new_key
from intake.db import DatabaseUnavailable, transaction
from intake.errors import NotFound, StaleDraft
from intake.originals import keeping
from intake.plurals import gettext_noop
from intake.submissions import draft, draft_photos
from intake.submissions.draft import Captions, DraftWords
from intake.submissions.draft_page import DraftPage
from intake.web.access import public
from intake.web.contribute import (
    bot_signals,
    draft_intake,
    draft_show,
    form_tokens,
    original_choice,
    submission_intake,
)
from intake.web.contribute.draft_intake import DraftUpload
from intake.web.contribute.draft_show import DraftMessages
from intake.web.contribute.form import AWAY, bp, received
from intake.web.contribute.receipt import Shown, kept_words, status_page
from intake.web.contribute.request import intake_request
from intake.web.current import config
from intake.web.deleted import traces
from intake.web.forms.contribute import text_problem
from intake.web.language import gettext

__all__ = ["bp"]

log = logging.getLogger(__name__)

ALLOW, TAKE_BACK = "keep-originals", "destroy-originals"
"""Values of the form field `do`: allow that unchanged photos are kept, or take the permission back."""
EXPIRED = gettext_noop("That page had been open for more than a week. Here is a new code.")
NOT_THE_CODE = gettext_noop(
    "This is not what stands above. Please look at the second and the last group once more."
)
STALE = gettext_noop(
    "This draft was changed somewhere else in the meantime: in another window, or by a page that you went back to."
    " You see what was saved last. What you typed just now stands below it, to copy."
)
CHANGED = gettext_noop(
    "This draft was changed in the meantime. Please look at it once more before you send it."
)
NOT_SURE = gettext_noop("Please tick the box to say that you are sure. Nothing has been deleted.")


@bp.post("/drafts")
@public
def begin() -> ResponseReturnValue:
    """Show the receipt of a new draft. It is derived from the page's token, so a repeated request shows it again."""
    token = request.form.get("token", "")
    receipt = form_tokens.draft_receipt(token)
    if receipt is None:
        token = form_tokens.issue()
        return _code_page(token, form_tokens.draft_receipt(token) or "", gettext(EXPIRED)), 422
    return _code_page(token, receipt)


@bp.post("/drafts/confirmations")
@public
def confirm() -> ResponseReturnValue:
    """Create and show the draft after the user confirmed to have noted the receipt. May be repeated."""
    token = request.form.get("token", "")
    receipt = form_tokens.draft_receipt(token)
    if receipt is None:
        return begin()
    typed = _is_noted(receipt)
    if not request.form.get("noted") and not typed:
        return _code_page(token, receipt, gettext(NOT_THE_CODE)), 422
    with transaction() as session:
        draft.begin(session, receipt, new_key(), bot_signals.draft_signals(token, typed=typed))
    return _draft_or_status(receipt)


def _is_noted(receipt: str) -> bool:
    """Return whether the user typed the second and the last group of the receipt correctly."""
    typed = {1: request.form.get("second", ""), -1: request.form.get("last", "")}
    return receipts.has_groups(receipt, typed)


def _code_page(token: str, receipt: str, problem: str = "") -> str:
    return render_template(
        "contribute/draft_code.html",
        token=token,
        receipt=receipts.grouped(receipt),
        receipt_in_digits=receipts.in_digits(receipt),
        problem=problem,
        draft_days=config().draft_days,
    )


def _draft_or_status(receipt: str, told: DraftMessages | None = None) -> ResponseReturnValue:
    try:
        return draft_show.show(receipt, told)
    except NotFound:
        return status_page(Shown())


@bp.post("/drafts/changes")
@public
def change() -> ResponseReturnValue:
    """Save the text fields, store the files, and run the action of the pressed button (form field `do`)."""
    upload = intake_request().expect_draft_files(config())
    try:
        return _change(upload)
    except DatabaseUnavailable:
        log.error("the database does not answer")
        upload.discard()
        return _away()
    except BaseException:
        upload.discard()
        raise


def _change(upload: DraftUpload) -> ResponseReturnValue:
    typed = _typed_words()
    receipt = receipts.canonical(request.form.get("receipt", "")) or ""
    told = DraftMessages()
    try:
        told = _save(receipt, typed)
        problems = [*told.problems, *draft_intake.keep(upload, receipt, config())]
        told.problems = problems
        _act(receipt, request.form.get("do", ""))
        page = draft_show.opened(receipt)
    except NotFound:
        upload.discard()
        return status_page(Shown(kept=kept_words(typed.title, typed.body) if typed else []))
    if request.form.get("do") == "check" and not problems:
        return _check(receipt, page)
    told.code = told.code if told.code != 200 or not problems else 422
    return draft_show.show_page(receipt, page, told)


def _typed_words() -> DraftWords | None:
    """Return the text fields of the form, or None if the request has only files."""
    if "version" not in request.form:
        return None
    empty = asdict(DraftWords())
    return DraftWords(**{name: request.form.get(name, value) for name, value in empty.items()})


def _captions() -> Captions:
    """Return {photo id: {"caption", "credit"}} of the form's fields `caption-<id>` and `credit-<id>`."""
    ids = [name.removeprefix("caption-") for name in request.form if name.startswith("caption-")]
    return {
        ident: {kind: request.form.get(f"{kind}-{ident}", "") for kind in submission_intake.PHOTO_WORDS}
        for ident in ids[: config().max_photos]
    }


def _save(receipt: str, typed: DraftWords | None) -> DraftMessages:
    """Save the text fields. Too long a text, or one typed into an outdated page, is shown but not saved."""
    if typed is None:
        return DraftMessages()
    if problem := text_problem(typed.body, config()):
        return DraftMessages([problem], 422, form=draft_show.filled(typed))
    version = request.form.get("version", type=int) or 0
    try:
        with transaction() as session:
            draft.save(session, receipt, typed, _captions(), version, request.form.get("upload", ""))
    except StaleDraft:
        return DraftMessages([gettext(STALE)], 409, kept=typed)
    return DraftMessages(saved=True)


def _act(receipt: str, do: str) -> None:
    """Move or remove a photo, remove the document, or choose whether unchanged photos are kept.

    `do` is a verb and, for a photo, its id, or for ALLOW the days.
    """
    verb, _, ident = do.partition(" ")
    if verb == "remove-document":
        draft_intake.remove_document(receipt)
        return
    photo, allowed = _uuid(ident), original_choice.agreed_days(ident) if verb == ALLOW else None
    with transaction() as session:
        submission = draft.locked_draft(session, receipt)
        if verb == ALLOW:
            submission.original_days = allowed
        elif verb == TAKE_BACK:
            keeping.take_back(session, submission)
        if photo and verb in {"earlier", "later"}:
            draft_photos.move(submission, photo, 1 if verb == "later" else -1)
        elif photo and verb == "remove":
            draft_photos.remove(session, submission, photo)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _away() -> ResponseReturnValue:
    """Show the form with its typed text. The rest of the page needs the database, which is down."""
    typed = _typed_words() or DraftWords()
    version = request.form.get("version", type=int) or 0
    page = DraftPage(typed, version, None, [], 0, None)
    told = DraftMessages([gettext(AWAY)], 503)
    return draft_show.show_page(receipts.canonical(request.form.get("receipt", "")) or "", page, told)


def _check(receipt: str, page: DraftPage) -> ResponseReturnValue:
    form, problems = draft_show.checked(page, request.form)
    wrong = {name for name, errors in form.errors.items() if errors} - {"consent"}
    if wrong or problems:
        form.consent.errors = ()
        return draft_show.show_page(receipt, page, DraftMessages(problems, 422, form=form))
    form.consent.errors = ()
    return draft_show.show_check(receipt, page, form, DraftMessages())


@bp.post("/drafts/submissions")
@public
def send() -> ResponseReturnValue:
    """Send the draft. A repeated request shows the status of the sent submission."""
    receipt = receipts.canonical(request.form.get("receipt", "")) or ""
    try:
        page = draft_show.opened(receipt)
    except NotFound:
        return status_page(Shown())
    form, problems = draft_show.checked(page, request.form)
    if problems or set(form.errors) - {"consent"}:
        return draft_show.show_page(receipt, page, DraftMessages(problems, 422, form=form))
    if request.form.get("version", type=int) != page.version:
        form.consent.errors = ()
        return draft_show.show_check(receipt, page, form, DraftMessages([gettext(CHANGED)], 409))
    if form.errors:
        return draft_show.show_check(receipt, page, form, DraftMessages(code=422))
    try:
        with transaction() as session:
            words = submission_intake.words(form)
            draft.send(session, receipt, words, form.agreed, bot_signals.proof_signals(receipt))
    except NotFound:
        return status_page(Shown())
    kept = [photo.status for photo in page.photos if photo.status != "refused"]
    return received(receipt, [None] * len(kept), has_document=page.document is not None, is_known=True)


@bp.post("/drafts/deletions")
@public
def delete() -> ResponseReturnValue:
    """Delete the draft with everything in it."""
    receipt = receipts.canonical(request.form.get("receipt", "")) or ""
    if not request.form.get("confirm"):
        return _draft_or_status(receipt, DraftMessages([gettext(NOT_SURE)], 422))
    try:
        with transaction() as session:
            submission_id = draft.locked_draft(session, receipt).id
    except NotFound:
        return status_page(Shown())
    draft.delete_draft(submission_id)
    return render_template("contribute/draft_deleted.html", traces=traces())
