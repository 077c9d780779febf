"""API of the receipt page: status of a submission, answers and messages. The receipt is sent in the body."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from flask import Response, request
from pydantic import AfterValidator, BeforeValidator, Field

from intake import lifecycle, receipts
from intake.db import transaction
from intake.errors import EmptyAnswer, LimitReached, NotFound
from intake.lifecycle import IllegalMove
from intake.retention import holds
from intake.submissions import removal
from intake.submissions.answer import AnswerDraft, was_answered
from intake.submissions.receipt_page import (
    ReceiptPage,
    offered_text,
    receipt_page,
)
from intake.submissions.submit import PhotoDraft
from intake.web.access import public
from intake.web.api.fields import OneOf, TextRule
from intake.web.api.idempotency_key import BAD_KEY, KEY_CHARACTERS
from intake.web.api.operation import operation
from intake.web.api.public import status
from intake.web.api.public.status import Status, StatusWithText
from intake.web.api.public.submissions import (
    KEY,
    OVER,
    REFUSALS,
    Format,
    PhotoFields,
    TakenPhoto,
    bp,
    bytes_of_text,
    taken_photos,
    text_fits,
)
from intake.web.api.request_body import Fields, read_form
from intake.web.contribute import answer_intake, form_tokens, submission_intake
from intake.web.contribute.answer_intake import AnswerUpload, NoKeyHere
from intake.web.contribute.answer_views import EMPTY
from intake.web.contribute.contributor_messages import ENOUGH
from intake.web.contribute.request import intake_request
from intake.web.current import config
from intake.web.errors import problem
from intake.web.forms.answer import NO_WORDS
from intake.web.forms.fields import LETTER_CHARACTERS, TITLE_CHARACTERS, YES

__all__ = ["bp"]

LATE = "Nobody asks for changes of this submission now, or `receipt` does not stand before the photos."
GONE = "The submission is withdrawn."
CLOSED = "This server has no key for this submission, which was decided before receipts could open it."
UNSENT_OR_PUBLISHED = "It is published, or a draft that was not sent. Nothing was deleted."
COMING_BACK: dict[int, str] = {
    **REFUSALS,
    404: "There is no submission of this receipt.",
    409: "No changes are asked for now, it is withdrawn, or this server has no key for it.",
    422: "A field needs another look, or there is nothing in the answer.",
    429: "Too many messages today.",
}


class ReceiptFields(Fields):
    """Form with the receipt of a submission."""

    receipt: Annotated[
        str, Field(description="As it was given, in any spelling. It must stand before the photos.")
    ]


class StatusFields(ReceiptFields):
    """Form with a receipt. `with_text` asks for the texts of the submission too."""

    with_text: Annotated[str, Field(description="`yes`. Any other word means no.")] = ""


class AnswerFields(ReceiptFields, PhotoFields):
    """Form of an answer to a request for changes, with new photos."""

    message: Annotated[str, TextRule(LETTER_CHARACTERS)] = ""
    title: Annotated[str, TextRule(TITLE_CHARACTERS), Field(description="Empty: it stays.")] = ""
    body: Annotated[
        str, AfterValidator(text_fits), Field(json_schema_extra=bytes_of_text("Empty: it stays. "))
    ] = ""
    format: Annotated[Format, BeforeValidator(lambda sent: sent or "plain")] = "plain"
    leave_out: Annotated[
        list[str],
        Field(
            description="Positions of photos to delete.",
            json_schema_extra={"items": {"type": "integer"}},
            default_factory=list,
        ),
    ]


class MessageFields(ReceiptFields):
    """Form of a message to the editors."""

    letter: Annotated[str, TextRule(LETTER_CHARACTERS, needed=NO_WORDS)]


@dataclass(frozen=True)
class Taken:
    """Response that confirms a message."""

    status: Annotated[str, OneOf(["received"])]


@dataclass(frozen=True)
class TakenAnswer(Taken):
    """Response to an answer. A photo's `position` is its position in the request."""

    photos: list[TakenPhoto]


@dataclass(frozen=True)
class Withdrawn:
    """Response that confirms a withdrawal."""

    status: Annotated[str, OneOf(["withdrawn"])]
    held_until: Annotated[
        date | None,
        Field(
            description="Last day in UTC of a legal hold, after which it is deleted. Null: it is deleted now."
        ),
    ]


@bp.post("/receipts/status")
@public
@operation(
    "receiptStatus",
    "Status of a submission.",
    answers={200: "Done."},
    refusals=COMING_BACK,
    form=StatusFields,
)
def receipt_status() -> Status | StatusWithText:
    """Return the status of a submission.

    With `with_text`, includes the text of an uploaded document, and after a request for changes the text to edit.
    Raises NotFound.
    """
    code = _receipt()
    with transaction() as session:
        found = receipt_page(session, code)
        wants = request.form.get("with_text", "").lower() in YES
        text = offered_text(session, code) if wants else None
    if found is None:
        raise NotFound
    return status.answer(found, text, with_text=wants)


@bp.post("/receipts/answers")
@public
@operation(
    "answerRequest",
    "Answer a request for changes.",
    answers={201: "Done."},
    refusals=COMING_BACK,
    parameters=[KEY],
    form=AnswerFields,
)
def receipt_answer() -> TakenAnswer | Response:
    """Store an answer. A repeated Idempotency-Key stores nothing more."""
    upload = intake_request().expect_more_photos(config())
    try:
        return _answer(upload)
    except BaseException:
        upload.discard()
        raise


@bp.post("/receipts/messages")
@public
@operation(
    "writeToDesk",
    "Write to the editors.",
    answers={201: "Done."},
    refusals=COMING_BACK,
    parameters=[KEY],
    form=MessageFields,
)
def receipt_message() -> Taken | Response:
    """Store a message. A repeated Idempotency-Key stores nothing more."""
    code, key = _receipt(), _key()
    if key is None:
        return problem(400, "Idempotency-Key", BAD_KEY)
    sent = read_form(MessageFields)
    try:
        answer_intake.take_message(code, form_tokens.api_request_hash(key, code), sent.letter)
    except IllegalMove:
        return problem(409, "Too late", GONE)
    except NoKeyHere:
        return problem(409, "Not on this server", CLOSED)
    except LimitReached:
        return problem(429, "Too many messages", ENOUGH)
    return Taken("received")


@bp.post("/receipts/withdrawals")
@public
@operation(
    "withdrawSubmission",
    "Withdraw a submission, which deletes its text and photos unless a legal hold keeps them.",
    answers={200: "Withdrawn, also if it was withdrawn before."},
    refusals={**COMING_BACK, 409: "It is published, or a draft. Nothing was deleted."},
    form=ReceiptFields,
)
def receipt_withdrawal() -> Withdrawn | Response:
    """Withdraw a submission. A repeated request succeeds too."""
    code = _receipt()
    try:
        with transaction() as session:
            held_until = holds.held_until(session, removal.withdraw(session, code).id)
    except IllegalMove:
        with transaction() as session:
            found = receipt_page(session, code)
        if found is None:
            raise NotFound from None
        if found.status not in lifecycle.GONE:
            return problem(409, "Too late", UNSENT_OR_PUBLISHED)
        held_until = found.held_until
    return Withdrawn("withdrawn", held_until)


def _answer(upload: AnswerUpload) -> TakenAnswer | Response:
    code, key = _receipt(), _key()
    if key is None:
        upload.discard()
        return problem(400, "Idempotency-Key", BAD_KEY)
    token = form_tokens.api_request_hash(key, code)
    with transaction() as session:
        before, found = was_answered(session, token), receipt_page(session, code)
    if found is None:
        raise NotFound
    if before:
        upload.discard()
        return _taken([])
    photos = submission_intake.photos(upload, request.form)
    left_out = answer_intake.positions(request.form.getlist("leave_out"))
    refusal = _refusal(upload, found, left_out, photos)
    if refusal is None:
        try:
            taken = answer_intake.take_in(upload, code, _draft(token, photos, left_out))
            return _taken(photos if taken else [])
        except EmptyAnswer:
            refusal = problem(422, "Nothing to answer with", EMPTY)
        except IllegalMove:
            refusal = problem(409, "Too late", LATE)
    upload.discard()
    return refusal


def _refusal(
    upload: AnswerUpload, found: ReceiptPage, left_out: frozenset[int], photos: list[PhotoDraft]
) -> Response | None:
    if not found.may_answer or upload.nowhere:
        return problem(409, "Too late", LATE)
    over = submission_intake.exceeded_limit(upload, config()) or answer_intake.too_many(
        found, left_out, photos, config()
    )
    return problem(413, OVER, over) if over else None


def _draft(token: bytes, photos: list[PhotoDraft], left_out: frozenset[int]) -> AnswerDraft:
    sent = read_form(AnswerFields, leave_out=request.form.getlist("leave_out"))
    words = sent.model_dump(include={"message", "title", "body", "format"})
    return AnswerDraft(token_hash=token, photos=photos, left_out=left_out, **words)


def _receipt() -> str:
    """Return the canonical receipt of the request body, or "" if it is malformed. No submission has ""."""
    return receipts.canonical(request.form.get("receipt", "")) or ""


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key", receipts.new_token())
    return key if len(key) in KEY_CHARACTERS else None


def _taken(photos: list[PhotoDraft]) -> TakenAnswer:
    return TakenAnswer("received", taken_photos([photo.reason for photo in photos]))
