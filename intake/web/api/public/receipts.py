"""Coming back for programs: what the page of a receipt shows and takes, with the receipt in the body."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake import receipts
from intake.db import transaction
from intake.errors import EmptyAnswer, LimitReached, NotFound
from intake.lifecycle import IllegalMove
from intake.submissions.answer import was_answered
from intake.submissions.receipt_page import ReceiptPage, offered_text, receipt_page
from intake.submissions.submit import PhotoDraft
from intake.web.access import public
from intake.web.api.public.submissions import OVER, TOKEN_CHARACTERS, bp
from intake.web.contribute import answer_intake, form_tokens, submission_intake
from intake.web.contribute.answer_intake import AnswerUpload
from intake.web.contribute.answer_views import EMPTY
from intake.web.contribute.contributor_messages import ENOUGH
from intake.web.contribute.request import intake_request
from intake.web.current import config
from intake.web.errors import problem
from intake.web.forms.answer import AnswerForm, LetterForm
from intake.web.forms.fields import YES

__all__ = ["bp"]

LATE = "Nobody asks for changes of this submission now, or `receipt` does not stand before the photos."
GONE = "The submission is withdrawn."
BAD_KEY = "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."
FIELDS = "Some fields need another look"


@bp.post("/receipts/status")
@public
def receipt_status() -> ResponseReturnValue:
    """What became of a submission; with its text where changes are asked for and `with_text` is yes."""
    code = _receipt()
    with transaction() as session:
        found = receipt_page(session, code)
        wants = request.form.get("with_text", "").lower() in YES
        text = offered_text(session, code) if wants else None
    if found is None:
        raise NotFound
    return jsonify(_described(found) | ({"text": vars(text)} if text else {}))


@bp.post("/receipts/answers")
@public
def receipt_answer() -> ResponseReturnValue:
    """201 once the answer is taken; the same Idempotency-Key again takes no second."""
    upload = intake_request().expect_more_photos(config())
    try:
        return _answer(upload)
    except BaseException:
        upload.discard()
        raise


@bp.post("/receipts/messages")
@public
def receipt_message() -> ResponseReturnValue:
    """201 once the message is taken."""
    code, key = _receipt(), _key()
    sent = LetterForm(formdata=request.form)
    if key is None:
        return problem(400, "Idempotency-Key", BAD_KEY)
    if not sent.validate():
        return problem(422, FIELDS, "See `errors`.", errors=sent.errors)
    try:
        answer_intake.take_message(code, form_tokens.called_with(key, code), sent.letter.data or "")
    except IllegalMove:
        return problem(409, "Too late", GONE)
    except LimitReached:
        return problem(429, "Too many messages", ENOUGH)
    return jsonify({"status": "received"}), 201


def _answer(upload: AnswerUpload) -> ResponseReturnValue:
    code, key = _receipt(), _key()
    if key is None:
        upload.discard()
        return problem(400, "Idempotency-Key", BAD_KEY)
    token = form_tokens.called_with(key, code)
    with transaction() as session:
        before, found = was_answered(session, token), receipt_page(session, code)
    if found is None:
        raise NotFound
    if before:
        upload.discard()
        return _taken([])
    photos = submission_intake.photos(upload, request.form)
    left_out = answer_intake.positions(request.form.getlist("leave_out"))
    sent = AnswerForm(config(), formdata=request.form)
    refusal = _refusal(sent, upload, found, left_out, photos)
    if refusal is None:
        try:
            taken = answer_intake.take_in(upload, code, answer_intake.draft(sent, token, photos, left_out))
            return _taken(photos if taken else [])
        except EmptyAnswer:
            refusal = problem(422, "Nothing to answer with", EMPTY)
        except IllegalMove:
            refusal = problem(409, "Too late", LATE)
    upload.discard()
    return refusal


def _refusal(
    sent: AnswerForm,
    upload: AnswerUpload,
    found: ReceiptPage,
    left_out: frozenset[int],
    photos: list[PhotoDraft],
) -> ResponseReturnValue | None:
    if not found.may_answer or upload.nowhere:
        return problem(409, "Too late", LATE)
    over = submission_intake.overrun(upload, config()) or answer_intake.too_many(
        found, left_out, photos, config()
    )
    if over:
        return problem(413, OVER, over)
    sent.validate()
    errors = {**sent.errors, **submission_intake.too_long(request.form)}
    return problem(422, FIELDS, "See `errors`.", errors=errors) if errors else None


def _receipt() -> str:
    """The canonical receipt of the body, or one that nobody has."""
    return receipts.canonical(request.form.get("receipt", "")) or ""


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key") or receipts.new_token()
    return key if len(key) in TOKEN_CHARACTERS else None


def _taken(photos: list[PhotoDraft]) -> ResponseReturnValue:
    """`position` is that in the request."""
    told = [
        {"position": i, "status": "refused" if photo.reason else "received", "reason": photo.reason}
        for i, photo in enumerate(photos, start=1)
    ]
    return jsonify({"status": "received", "photos": told}), 201


def _described(found: ReceiptPage) -> dict[str, object]:
    return {
        "status": found.status,
        "received_at": found.received_at.isoformat(),
        "may_answer": found.may_answer,
        "may_write": found.may_write,
        "may_withdraw": found.may_withdraw,
        "messages": [
            {"from": "you" if one.mine else "desk", "body": one.body, "at": one.at.isoformat()}
            for one in found.messages
        ],
        "photos": [vars(photo) for photo in found.photos],
    }
