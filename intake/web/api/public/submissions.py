"""API to send submissions. `POST /api/v1/submissions` accepts the fields of the contributor's form."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any

from flask import Blueprint, Response, current_app, jsonify, request
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from werkzeug.exceptions import RequestEntityTooLarge

from intake import receipts
from intake.languages import FORMATS, NAMES, UNTOLD
from intake.magazine import shown
from intake.photos.refusal import why_and_what_to_do
from intake.submissions.submit import PhotoDraft, SubmissionText
from intake.translations import interface
from intake.web.access import public
from intake.web.api.fields import BYTES, Moment, OneOf, TextRule
from intake.web.api.idempotency_key import BAD_KEY, KEY_CHARACTERS, key_header
from intake.web.api.openapi import document
from intake.web.api.operation import operation
from intake.web.api.request_body import NO_TIME, Fields, InvalidBody, invalid, read_form
from intake.web.contribute import submission_intake
from intake.web.contribute.request import intake_request
from intake.web.contribute.uploads import DOCUMENT, Upload
from intake.web.current import config
from intake.web.errors import problem
from intake.web.forms.contribute import NO_CONSENT, NO_TITLE, text_problem, to_come
from intake.web.forms.fields import LINE_CHARACTERS, TITLE_CHARACTERS, YES

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.register_error_handler(InvalidBody, invalid)

CONSENT_CHANGED = (
    "The consent text has changed",
    "Another version counts by now. Read it with getConsent, then send again with its version.",
)
AGREED = "The contributor has read the text of `getConsent`, and agrees."
OVER = "Over a limit"
NO_SECTION = "There is no such section."
KEY = key_header("Sending it again gives the same receipt, not a second submission.")
REFUSALS = {
    400: "The Idempotency-Key is too short or too long, or the body is cut short or malformed.",
    413: "Over a limit; the detail names it.",
    415: "The body is neither multipart/form-data nor application/x-www-form-urlencoded.",
    422: "A field needs another look; see `errors`.",
    503: "The database is away. Send the same request again with the same Idempotency-Key.",
}
Line = Annotated[str, TextRule(LINE_CHARACTERS)]
Format = Annotated[str, OneOf(FORMATS)]


def text_fits(text: str) -> str:
    """Return the text. Raises ValueError if it exceeds the size limit of the settings."""
    if problem := text_problem(text, config()):
        raise ValueError(problem)
    return text


def _agreed(sent: str) -> str:
    if sent.lower() not in YES:
        raise ValueError(NO_CONSENT)
    return sent


def _is_section(name: str) -> str:
    if name not in config().section_names:
        raise ValueError(NO_SECTION)
    return name


def _moment(sent: str) -> datetime | None:
    try:
        return datetime.fromisoformat(sent) if sent else None
    except ValueError:
        raise ValueError(NO_TIME) from None


def _sections(schema: dict[str, Any]) -> None:
    names = config().section_names
    schema |= {"enum": names, "default": names[0]}


def _photos(schema: dict[str, Any]) -> None:
    for number in range(1, config().max_photos + 1):
        schema["properties"][f"photo-{number}"] = BYTES
        for word, characters in submission_intake.PHOTO_WORDS.items():
            schema["properties"][f"{word}-{number}"] = {"type": "string", "maxLength": characters}


Language = Annotated[
    str,
    OneOf([UNTOLD, *sorted(NAMES)]),
    Field(description="BCP 47 tag. Left out or empty: it is told from the text. `und`: none of these."),
]
Section = Annotated[
    str,
    AfterValidator(_is_section),
    Field(default_factory=lambda: config().section_names[0], json_schema_extra=_sections),
]
GivenReceipt = Annotated[str, Field(pattern="^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$")]
ConsentLanguage = Annotated[
    str,
    OneOf(interface.INTERFACE),
    Field(description="Language of the consent text that was read, see `getConsent`."),
]
ConsentVersion = Annotated[
    str,
    Field(
        description="Version of the consent text that was read, from `getConsent`. If another one counts by now, nothing is"
        " stored. Left out: the one that counts now."
    ),
]


def bytes_of_text(before: str = "") -> Callable[[dict[str, Any]], None]:
    """Return a function that describes a field's JSON schema: `before`, then the size limit of the settings."""

    def describe(schema: dict[str, Any]) -> None:
        schema["description"] = f"{before}Up to {config().max_text_bytes} bytes in UTF-8."

    return describe


class PhotoFields(Fields):
    """Form fields of photos, each with caption and credit. The settings limit the number of photos."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_photos)

    def problems(self) -> dict[str, list[str]]:
        """Check the lengths of captions and credits."""
        return submission_intake.too_long(self.model_extra or {})


def _files(schema: dict[str, Any]) -> None:
    _photos(schema)
    schema["properties"][DOCUMENT] = {
        **BYTES,
        "description": "The text as a .docx, .odt, .rtf, .txt or .md file, instead of `body` or following it. Its"
        " pictures become photos. Of the file name, only the ending is read.",
    }


class SubmissionFields(PhotoFields):
    """Form of a submission. It may have a document besides photos."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_files)

    title: Annotated[str, TextRule(TITLE_CHARACTERS, needed=NO_TITLE)]
    body: Annotated[str, AfterValidator(text_fits), Field(json_schema_extra=bytes_of_text())] = ""
    format: Format = "plain"
    language: Language = UNTOLD
    section: Section
    print_name: Line = ""
    contact: Line = ""
    embargo_until: Annotated[Moment | None, BeforeValidator(_moment), AfterValidator(to_come)] = None
    consent: Annotated[
        str, AfterValidator(_agreed), Field(json_schema_extra={"const": "yes"}, description=AGREED)
    ]
    consent_language: ConsentLanguage = interface.ENGLISH
    consent_version: ConsentVersion = ""

    def words(self) -> SubmissionText:
        """Return the fields that are stored as the submission's text."""
        return SubmissionText(**self.model_dump(include={one.name for one in fields(SubmissionText)}))


@dataclass(frozen=True)
class TakenPhoto:
    """Photo of the request. `reason` is a code if the photo was refused, else None."""

    position: int
    status: Annotated[str, OneOf(("received", "refused"))]
    reason: str | None
    sentence: Annotated[str, Field(description="Why it was refused, and what to do. May be empty.")]


@dataclass(frozen=True)
class Received:
    """Response to a submission, with its receipt."""

    receipt: GivenReceipt
    status: Annotated[str, OneOf(["received"])]
    consent_version: str
    photos: list[TakenPhoto]


@bp.post("/submissions")
@public
@operation(
    "createSubmission",
    "Send a text, typed or as a document, with photos. Nobody needs an account.",
    answers={201: "Taken in."},
    refusals=REFUSALS,
    parameters=[KEY],
    form=SubmissionFields,
)
def create() -> Received | Response:
    """Store a submission. A repeated Idempotency-Key returns the first receipt and stores nothing more."""
    upload = intake_request().expect_photos(config())
    try:
        return _create(upload)
    except BaseException:
        upload.discard()
        raise


def _create(upload: Upload) -> Received | Response:
    token = request.headers.get("Idempotency-Key", receipts.new_token())
    receipt = receipts.derive(f"api {token}")
    before = submission_intake.earlier(receipt)
    if before is not None:
        upload.discard()
        return _received(receipt, before)
    drafts = submission_intake.photos(upload, request.form)
    sent = _checked(upload, token, drafts)
    if isinstance(sent, Response):
        upload.discard()
        return sent
    agreed = shown.consent_now(sent.consent_language, config().magazine)
    if sent.consent_version not in {"", agreed.version}:
        upload.discard()
        return problem(422, *CONSENT_CHANGED)
    if not submission_intake.take_in(upload, receipt, sent.words(), drafts, agreed):
        return _received(receipt, submission_intake.earlier(receipt) or [])
    return _received(receipt, [draft.reason for draft in drafts])


def _checked(upload: Upload, token: str, drafts: list[PhotoDraft]) -> SubmissionFields | Response:
    if len(token) not in KEY_CHARACTERS:
        return problem(400, "Idempotency-Key", BAD_KEY)
    over = submission_intake.exceeded_limit(upload, config())
    if over:
        return problem(413, OVER, over)
    sent = read_form(SubmissionFields)
    if refused := submission_intake.document_problem(upload):
        return problem(422, "The document cannot be taken", refused)
    if submission_intake.nothing(sent.body, upload, drafts):
        return problem(
            422,
            "Nothing to submit",
            "There is neither a text, nor a document, nor a photo that can be taken.",
        )
    return sent


def taken_photos(reasons: list[str | None]) -> list[TakenPhoto]:
    """Return the response's photos. `reasons` has an entry per photo: the code of its refusal, or None."""
    return [
        TakenPhoto(position, "refused" if reason else "received", reason, why_and_what_to_do(reason))
        for position, reason in enumerate(reasons, start=1)
    ]


def _received(receipt: str, reasons: list[str | None]) -> Received:
    version = submission_intake.consent_version(receipt)
    return Received(receipts.grouped(receipt), "received", version, taken_photos(reasons))


@bp.get("/openapi.json")
@public
@operation(
    "describe",
    "This document.",
    answers={200: "OpenAPI 3.1."},
    media={"application/json": {"type": "object"}},
)
def openapi() -> Response:
    """Return the OpenAPI document of this API."""
    return jsonify(document(current_app))


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Answer 413 with the limits. The body is too large even to be read to its end and discarded."""
    return problem(413, OVER, submission_intake.limits(config()))
