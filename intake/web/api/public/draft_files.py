"""API of the files of a draft: photos and a document, each sent in one request, and their removal."""

from typing import Annotated, Any
from uuid import UUID

from flask import Response, request
from pydantic import ConfigDict, Field

from intake import receipts
from intake.db import transaction
from intake.submissions import draft, draft_photos
from intake.web.access import public
from intake.web.api.fields import BYTES
from intake.web.api.idempotency_key import BAD_KEY, KEY_CHARACTERS, key_header
from intake.web.api.operation import operation
from intake.web.api.public.draft_state import NO_DRAFT, DraftState, ReceiptBody, opened, state
from intake.web.api.public.drafts import AWAY, EXAMPLE_ID, EXAMPLE_RECEIPT, NO_PHOTO
from intake.web.api.public.submissions import OVER, bp
from intake.web.api.request_body import Fields, InvalidBody
from intake.web.contribute import draft_intake, submission_intake
from intake.web.contribute.draft_intake import DraftUpload
from intake.web.contribute.request import intake_request
from intake.web.contribute.uploads import DOCUMENT
from intake.web.current import config
from intake.web.errors import problem

__all__ = ["bp"]

NO_FILE = "Please send a photo or a document."


def _files(schema: dict[str, Any]) -> None:
    schema["properties"] |= {
        "photo": BYTES,
        DOCUMENT: {
            **BYTES,
            "description": "The text as a .docx, .odt, .rtf, .txt or .md file. Replaces the document of the draft."
            " Of the file name, only the ending is read.",
        },
    }


class DraftFileFields(Fields):
    """Form with a file for a draft. The photo becomes the last one of the draft."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_files)

    receipt: Annotated[
        str, Field(description="As it was given, in any spelling. It must stand before the files.")
    ]


class RemovalBody(ReceiptBody):
    """Request body to remove a photo of a draft."""

    photo: UUID


@bp.post("/drafts/files")
@public
@operation(
    "addToDraft",
    "Add a photo or a document to a draft, in one request. Large files are better sent in parts.",
    answers={201: "Added. A photo is cleaned in the background."},
    refusals={
        **NO_DRAFT,
        400: "The Idempotency-Key is too short or too long, or the body is cut short or malformed.",
        413: "Over a limit; the detail names it.",
        415: "The body is not multipart/form-data.",
        422: "The file cannot be taken; the detail says why and what to do.",
        **AWAY,
    },
    parameters=[key_header("Sending it again adds nothing more.")],
    form=DraftFileFields,
)
def add_to_draft() -> DraftState | Response:
    """Store the files of a request in their draft. A repeated Idempotency-Key stores nothing more."""
    key = request.headers.get("Idempotency-Key", receipts.new_token())
    if len(key) not in KEY_CHARACTERS:
        return problem(400, "Idempotency-Key", BAD_KEY)
    sent = intake_request()
    # The photo's id is derived from this form field, which the contributor's page sends itself.
    sent.words_so_far.append(("upload", key))
    upload = sent.expect_draft_files(config())
    try:
        return _add(upload)
    except BaseException:
        upload.discard()
        raise


def _add(upload: DraftUpload) -> DraftState | Response:
    receipt = receipts.canonical(request.form.get("receipt", "")) or ""
    opened(receipt)
    if not upload.streams and not upload.documents:
        raise InvalidBody({"photo": [NO_FILE]})
    is_over = bool(submission_intake.exceeded_limit(upload, config()))
    if problems := draft_intake.keep(upload, receipt, config()):
        title = OVER if is_over else "The file cannot be taken"
        return problem(413 if is_over else 422, title, " ".join(problems))
    return state(receipt)


@bp.post("/drafts/photos/removals")
@public
@operation(
    "removeDraftPhoto",
    "Remove a photo from a draft.",
    refusals={**NO_DRAFT, **AWAY},
    example={"receipt": EXAMPLE_RECEIPT, "photo": EXAMPLE_ID},
)
def remove_draft_photo(body: RemovalBody) -> DraftState:
    """Remove a photo. Its files are deleted in the background."""
    with transaction() as session:
        submission = draft.locked_draft(session, body.receipt)
        if all(photo.id != body.photo for photo in draft_photos.shown(submission)):
            raise InvalidBody({"photo": [NO_PHOTO]})
        draft_photos.remove(session, submission, body.photo)
    return state(body.receipt)


@bp.post("/drafts/document/removals")
@public
@operation(
    "removeDraftDocument",
    "Remove the document from a draft.",
    refusals={**NO_DRAFT, **AWAY},
    example={"receipt": EXAMPLE_RECEIPT},
)
def remove_draft_document(body: ReceiptBody) -> DraftState:
    """Delete the document. Does nothing if there is none."""
    draft_intake.remove_document(body.receipt)
    return state(body.receipt)
