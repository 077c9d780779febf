"""The same way in for programs: `POST /api/v1/submissions` takes what the form takes."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from intake import consent, receipts
from intake.languages import OTHER
from intake.submissions.submit import PhotoDraft
from intake.web.access import public
from intake.web.api.schema import describe
from intake.web.contribute import submission_intake
from intake.web.contribute.request import intake_request
from intake.web.contribute.uploads import Upload
from intake.web.current import config
from intake.web.errors import problem
from intake.web.forms.contribute import SubmissionForm

bp = Blueprint("api", __name__, url_prefix="/api/v1")

# A client's own one-time token (Internet-Draft httpapi-idempotency-key-header): 128 bits or more, as text.
TOKEN_CHARACTERS = range(22, 201)
OVER = "Over a limit"


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
    receipt = receipts.derive(f"api {token}")
    before = submission_intake.earlier(receipt)
    if before is not None:
        upload.discard()
        return _created(receipt, before)
    sent, drafts = _form(), submission_intake.photos(upload, request.form)
    refusal = _refusal(sent, upload, token, drafts)
    if refusal:
        upload.discard()
        return refusal
    if not submission_intake.take_in(upload, receipt, submission_intake.words(sent), drafts):
        return _created(receipt, submission_intake.earlier(receipt) or [])
    return _created(receipt, [draft.reason for draft in drafts])


def _form() -> SubmissionForm:
    """What was sent, with defaults for what a program may leave out."""
    sent = SubmissionForm(config(), formdata=request.form)
    for name, default in (("language", OTHER), ("section", config().section_names[0]), ("format", "plain")):
        if name not in request.form:
            sent[name].data = default
    return sent


def _refusal(
    sent: SubmissionForm, upload: Upload, token: str, drafts: list[PhotoDraft]
) -> ResponseReturnValue | None:
    if len(token) not in TOKEN_CHARACTERS:
        return problem(
            400, "Idempotency-Key", "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."
        )
    over = submission_intake.overrun(upload, config())
    if over:
        return problem(413, OVER, over)
    sent.validate()
    errors = {**sent.errors, **submission_intake.too_long(request.form)}
    if errors:
        return problem(422, "Some fields need another look", "See `errors`.", errors=errors)
    if submission_intake.nothing(sent, drafts):
        return problem(422, "Nothing to submit", "There is neither a text nor a photo that can be taken.")
    return None


def _created(receipt: str, reasons: list[str | None]) -> ResponseReturnValue:
    """`reasons` has one entry a photo: the code of why it was refused, or None."""
    photos = [
        {"position": i, "status": "refused" if reason else "received", "reason": reason}
        for i, reason in enumerate(reasons, start=1)
    ]
    return jsonify(
        {
            "receipt": receipts.grouped(receipt),
            "status": "received",
            "consent_version": consent.VERSION,
            "photos": photos,
        }
    ), 201


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What this API takes and gives."""
    return jsonify(describe(config()))


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Past even what is read and thrown away."""
    return problem(413, OVER, submission_intake.limits(config()))
