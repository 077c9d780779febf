"""The same way in for programs: `POST /api/v1/submissions` takes what the form takes."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from intake import consent, receipts
from intake.web import receiving
from intake.web.access import public
from intake.web.current import config
from intake.web.forms import SubmissionForm
from intake.web.openapi import describe
from intake.web.problems import problem
from intake.web.uploads import Upload, intake_request

bp = Blueprint("api", __name__, url_prefix="/api/v1")

# A client's own one-time token (Internet-Draft httpapi-idempotency-key-header): 128 bits or more, as text.
TOKEN_CHARACTERS = range(22, 201)


@bp.post("/submissions")
@public
def create() -> ResponseReturnValue:
    """201 with the receipt; the same Idempotency-Key again gives the same receipt and no second submission."""
    upload = intake_request().expect_photos(config())
    try:
        return _create(upload)
    except BaseException:
        upload.discard()
        raise


def _create(upload: Upload) -> ResponseReturnValue:
    token = request.headers.get("Idempotency-Key") or receipts.new_token()
    sent = SubmissionForm(config(), formdata=request.form)
    if "language" not in request.form:
        sent.language.data = "und"
    if "section" not in request.form:
        sent.section.data = config().section_names[0]
    if "format" not in request.form:
        sent.format.data = "plain"
    refusal = _refusal(sent, upload, token)
    if refusal:
        upload.discard()
        return refusal
    photos = upload.photos(receiving.photo_parts(request.form, request.files))
    receipt = receipts.derive(f"api {token}")
    receiving.take_in(upload, receipt, receiving.words(sent), photos)
    return _created(receipt, receiving.refused_at_the_door(photos), len(photos)), 201


def _refusal(sent: SubmissionForm, upload: Upload, token: str) -> ResponseReturnValue | None:
    if len(token) not in TOKEN_CHARACTERS:
        return problem(
            400, "Idempotency-Key", "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."
        )
    over = receiving.overrun(upload, config())
    if over:
        return problem(413, "Over a limit", over.sentence)
    if not sent.validate():
        return problem(422, "Some fields need another look", "See `errors`.", errors=sent.errors)
    if not (sent.body.data or "").strip() and not upload.streams:
        return problem(422, "Nothing to submit", "There is neither a text nor a photo.")
    return None


def _created(receipt: str, refused: list[tuple[int, str]], photos: int) -> Response:
    reasons = dict(refused)
    return jsonify(
        {
            "receipt": receipts.grouped(receipt),
            "status": "received",
            "consent_version": consent.VERSION,
            "photos": [
                {"position": i, "status": "refused" if i in reasons else "received", "reason": reasons.get(i)}
                for i in range(1, photos + 1)
            ],
        }
    )


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What this API takes and gives."""
    return jsonify(describe(config()))
