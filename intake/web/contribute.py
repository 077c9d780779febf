"""The contributor's side: no account, no cookie, no script needed. The receipt travels in bodies, never in addresses."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from intake import consent, receipts
from intake.actions.errors import NotFound
from intake.actions.withdraw import withdraw as withdraw_submission
from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.photos.refusal import REASONS
from intake.queries.receipt import receipt_page
from intake.web import receiving, tokens
from intake.web.access import public
from intake.web.current import config
from intake.web.forms import ReceiptForm, SubmissionForm
from intake.web.uploads import Upload, intake_request

bp = Blueprint("contribute", __name__)

MB = 1024 * 1024
AGAIN = "Please choose this photo again."
NOT_KNOWN = "We do not know this receipt. Please look at it once more: it has 16 letters and digits."


@dataclass(frozen=True)
class Row:
    """One row of the form's photos."""

    index: int
    caption: str = ""
    credit: str = ""
    note: str = ""


@bp.get("/")
@public
def form() -> ResponseReturnValue:
    """An empty form under a fresh one-time token."""
    return _form_page(SubmissionForm(config(), formdata=None))


@bp.post("/submissions")
@public
def submit() -> ResponseReturnValue:
    """Take a submission in and show its receipt; a repeated POST shows the same receipt again."""
    upload = intake_request().expect_photos(config())
    try:
        return _submit(upload)
    except BaseException:
        upload.discard()
        raise


def _submit(upload: Upload) -> ResponseReturnValue:
    sent = SubmissionForm(config(), formdata=request.form)
    receipt = tokens.receipt(sent.token.data or "")
    if receipt and receiving.known(receipt):
        upload.discard()
        return _received(receipt, 0, [])
    photos = upload.photos(receiving.photo_parts(request.form, request.files))
    problems = _problems(sent, upload, receipt)
    if problems or sent.errors or not receipt:
        upload.discard()
        return _form_page(sent, problems), 413 if receiving.overrun(upload, config()) else 422
    receiving.take_in(upload, receipt, receiving.words(sent), photos)
    refused = receiving.refused_at_the_door(photos)
    return _received(receipt, len(photos) - len(refused), refused)


def _problems(sent: SubmissionForm, upload: Upload, receipt: str | None) -> list[str]:
    problems = []
    over = receiving.overrun(upload, config())
    if over:
        problems.append(over.sentence)
    if not receipt:
        problems.append(
            "This page had been open for more than a week. Everything you typed is still here: please send it again."
        )
    if sent.validate() and not (sent.body.data or "").strip() and not upload.streams:
        problems.append("There is neither a text nor a photo. Please add at least one of them.")
    return problems


def _form_page(sent: SubmissionForm, problems: list[str] | None = None) -> str:
    """The form with what was typed, under a fresh token. Files cannot be kept by a page, so their rows say so."""
    chosen = {name for name, file in request.files.items(multi=True) if file.filename}
    sent.token.data = tokens.issue()
    return render_template(
        "contribute/form.html",
        form=sent,
        problems=problems or [],
        rows=[_row(index, chosen) for index in range(1, config().max_photos + 1)],
        limits=_limits(),
        consent_text=_consent(),
    )


def _row(index: int, chosen: set[str]) -> Row:
    note = AGAIN if f"{receiving.PHOTO}{index}" in chosen else ""
    return Row(index, request.form.get(f"caption-{index}", ""), request.form.get(f"credit-{index}", ""), note)


def _received(receipt: str, photos: int, refused: list[tuple[int, str]]) -> str:
    return render_template(
        "contribute/received.html",
        receipt=receipts.grouped(receipt),
        photos=photos,
        refused=[{"position": position, "sentence": REASONS[reason]} for position, reason in refused],
    )


@bp.get("/receipt")
@public
def receipt() -> ResponseReturnValue:
    """Where a receipt is typed."""
    return render_template("contribute/receipt.html", form=ReceiptForm(formdata=None), problems=[])


@bp.post("/receipt")
@public
def status() -> ResponseReturnValue:
    """What became of a submission, in one answer."""
    return _status_page(ReceiptForm())


def _status_page(sent: ReceiptForm, problem: str = "") -> ResponseReturnValue:
    code = receipts.canonical(sent.receipt.data or "") if sent.validate() else None
    with transaction() as session:
        page = receipt_page(session, code) if code else None
    if page is None or code is None:
        problems = [] if sent.errors else [NOT_KNOWN]
        return render_template(
            "contribute/receipt.html", form=sent, problems=problems
        ), 422 if sent.errors else 404
    return render_template(
        "contribute/status.html",
        receipt=receipts.grouped(code),
        problems=[problem] if problem else [],
        **vars(page),
    )


@bp.post("/receipt/withdrawals")
@public
def withdraw() -> ResponseReturnValue:
    """Take a submission back: everything of it is deleted."""
    sent = ReceiptForm()
    code = receipts.canonical(sent.receipt.data or "")
    if not request.form.get("confirm"):
        return _status_page(sent, "Please tick the box to say that you are sure. Nothing has been deleted.")
    try:
        with transaction() as session:
            withdraw_submission(session, code or "")
    except (NotFound, IllegalMove):
        return _status_page(sent)
    return render_template("contribute/withdrawn.html")


@bp.get("/safety")
@public
def safety() -> ResponseReturnValue:
    """What we keep, what we remove, and what we cannot."""
    return render_template("contribute/safety.html", consent_text=_consent())


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Past even what we would read and throw away."""
    limits = _limits()
    return render_template(
        "errors/error.html",
        code=413,
        title="That was too much to send at once",
        message=f"Up to {limits['max_request_mb']} MB can be sent at once, in up to {limits['max_photos']} photos.",
        advice="Go back: what you typed is still in the form. Take out some photos, and send again.",
    ), 413


def _consent() -> str:
    return consent.TEXT.format(magazine=config().magazine)


def _limits() -> dict[str, int]:
    settings = config()
    return {
        "max_photos": settings.max_photos,
        "max_photo_mb": settings.max_photo_bytes // MB,
        "max_request_mb": settings.max_request_bytes // MB,
        "max_text_kb": settings.max_text_bytes // 1024,
    }
