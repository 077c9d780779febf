"""Pages of the submission form. They need no account, cookie or script."""

import logging

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from intake import receipts
from intake.db import DatabaseUnavailable
from intake.magazine import shown
from intake.plurals import gettext_noop
from intake.retention.deletion_dates import days_before_sending
from intake.submissions.submit import PhotoDraft
from intake.submissions.suspicion import proof_of_work
from intake.web.access import public
from intake.web.contribute import bot_signals, form_tokens, original_choice, photo_rows, submission_intake
from intake.web.contribute.photo_rows import limits, rows
from intake.web.contribute.request import intake_request
from intake.web.contribute.uploads import Upload
from intake.web.current import config
from intake.web.errors import page
from intake.web.forms.contribute import CONSENT_CHANGED, SubmissionForm, consent_shown
from intake.web.language import LocalizedBlueprint, current, gettext

bp = LocalizedBlueprint("contribute", __name__)
log = logging.getLogger(__name__)

EXPIRED = gettext_noop(
    "This page had been open for more than a week. Everything you typed is still here: please send it again."
)
NOTHING = gettext_noop(
    "There is neither a text nor a document nor a photo that we can take. Please add at least one of them."
)
DOCUMENT_AGAIN = gettext_noop("Please choose this document again.")
AWAY = gettext_noop(
    "We cannot take it in just now: a part of our machinery is being restarted. What you typed is still here."
    " Please wait a minute, then send it again. It cannot arrive twice."
)


@bp.app_template_global("kept_days")
def kept_days(section: str) -> dict[str, int]:
    """Return the retention periods of a section in days. Without a section: the longest of all sections."""
    return days_before_sending(config(), section)


@bp.app_template_global("originals_offered")
def originals_offered() -> int:
    """Return for how many days a contributor may allow to keep unchanged photos. 0 if none are kept."""
    return original_choice.offered_days()


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """First page: the ways to send something, and a one-time token with which a draft begins."""
    return render_template(
        "contribute/start.html",
        token=form_tokens.issue(),
        draft_days=config().draft_days,
        introduction=shown.introduction(current(), config().magazine),
    )


@bp.get("/send")
@public
def form() -> ResponseReturnValue:
    """Page with an empty form and a new one-time token, to send everything at once."""
    return _form_page(SubmissionForm(config(), formdata=None))


@bp.post("/submissions")
@public
def submit() -> ResponseReturnValue:
    """Store a submission and show its receipt. A repeated POST shows the receipt again."""
    upload = intake_request().expect_photos(config())
    try:
        return _submit(upload, SubmissionForm(config(), formdata=request.form))
    except DatabaseUnavailable:
        log.error("the database does not answer")
        upload.discard()
        # Keep the form's token. If the submission was stored before the error, sending it again stores no second one.
        return _form_page(SubmissionForm(config(), formdata=request.form), [gettext(AWAY)]), 503
    except BaseException:
        upload.discard()
        raise


def _submit(upload: Upload, sent: SubmissionForm) -> ResponseReturnValue:
    receipt = form_tokens.receipt(sent.token.data or "")
    before = submission_intake.earlier(receipt) if receipt else None
    if receipt and before is not None:
        upload.discard()
        return received(receipt, before, repeated=True)
    drafts = submission_intake.photos(upload, request.form)
    over = submission_intake.exceeded_limit(upload, config())
    problems = _problems(sent, upload, receipt, drafts)
    refused = "" if over else submission_intake.document_problem(upload)
    if problems or refused or sent.errors or submission_intake.too_long(request.form) or not receipt:
        upload.discard()
        sent.token.data = form_tokens.issue(patient=not bot_signals.is_too_fast(sent.token.data or ""))
        return _form_page(sent, problems, refused), 413 if over else 422
    signals = bot_signals.form_signals(sent.token.data or "")
    words, original_days = submission_intake.words(sent), original_choice.agreed_days()
    if not submission_intake.take_in(upload, receipt, words, drafts, sent.agreed, signals, original_days):
        return received(receipt, submission_intake.earlier(receipt) or [], repeated=True)
    reasons = [draft.reason for draft in drafts]
    return received(receipt, reasons, has_document=bool(upload.documents))


def _problems(
    sent: SubmissionForm, upload: Upload, receipt: str | None, drafts: list[PhotoDraft]
) -> list[str]:
    over = submission_intake.exceeded_limit(upload, config())
    problems = [over] if over else []
    if not receipt:
        problems.append(gettext(EXPIRED))
    if sent.validate() and not over and submission_intake.nothing(sent.body.data or "", upload, drafts):
        problems.append(gettext(NOTHING))
        problems += [
            photo_rows.refusal(stream.row or i, stream.reason)
            for i, stream in enumerate(upload.streams, start=1)
            if stream.reason
        ]
    return problems


def _form_page(sent: SubmissionForm, problems: list[str] | None = None, refused: str = "") -> str:
    """Render the form with its typed text. Chosen files are lost, so their rows ask to choose them again.

    `refused` says why the document cannot be taken, or is empty.
    """
    sent.token.data = sent.token.data or form_tokens.issue()
    return render_template(
        "contribute/form.html",
        form=sent,
        problems=problems or [],
        rows=rows(),
        document_note=refused or (gettext(DOCUMENT_AGAIN) if _chose_document() else ""),
        limits=limits(),
        challenge=proof_of_work.challenge(sent.token.data),
        consent=consent_shown(),
        is_consent_changed=not problems and sent.errors == {"consent": [gettext(CONSENT_CHANGED)]},
    )


def _chose_document() -> bool:
    upload = intake_request().upload
    return upload is not None and bool(upload.documents)


def received(
    receipt: str,
    reasons: list[str | None],
    *,
    has_document: bool = False,
    repeated: bool = False,
    is_known: bool = False,
) -> str:
    """Render the receipt. `reasons` has an entry for each photo: the code of its refusal, or None.

    `has_document` is unknown (False) if the form is sent again. `is_known`: the contributor has the receipt already.
    """
    return render_template(
        "contribute/received.html",
        receipt=receipts.grouped(receipt),
        receipt_in_digits=receipts.in_digits(receipt),
        photos=reasons.count(None),
        refused=[photo_rows.refusal(i, r) for i, r in enumerate(reasons, start=1) if r],
        has_document=has_document,
        repeated=repeated,
        is_known=is_known,
        originals_until=original_choice.kept_until(receipt),
    )


@bp.get("/safety")
@public
def safety() -> ResponseReturnValue:
    """Page that explains which data is stored, which is removed, and which cannot be removed."""
    return render_template("contribute/safety.html", consent=consent_shown(), draft_days=config().draft_days)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Show the limits. The body was too large even to be read to its end and discarded (see DRAIN_FACTOR)."""
    return page(
        413, gettext("That was too much to send at once"), submission_intake.limits(config()),
        gettext("Go back: what you typed is still in the form. Shorten it or take out some photos, and send again."),
    )  # fmt: skip
