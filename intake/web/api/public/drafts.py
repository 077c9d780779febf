"""API of drafts: begin, read, save, send, delete. The receipt is sent in the body."""

from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from flask import Response, request
from pydantic import AfterValidator, Field

from intake import receipts
from intake.crypto import new_key
from intake.db import transaction
from intake.errors import NotFound, StaleDraft
from intake.lifecycle import UNSENT
from intake.magazine import shown
from intake.settings import Settings
from intake.submissions import draft, draft_photos
from intake.submissions.draft import Captions
from intake.submissions.receipt_page import receipt_page
from intake.translations import interface
from intake.web.access import public
from intake.web.api.fields import Moment, OneOf, TextRule, Version
from intake.web.api.idempotency_key import BAD_KEY, KEY_CHARACTERS, key_header
from intake.web.api.operation import WithStatus, operation
from intake.web.api.public.draft_state import (
    NO_DRAFT,
    DraftState,
    ReceiptBody,
    checked,
    opened,
    problems,
    state,
)
from intake.web.api.public.submissions import (
    AGREED,
    CONSENT_CHANGED,
    ConsentLanguage,
    ConsentVersion,
    Format,
    GivenReceipt,
    Language,
    Line,
    Section,
    bp,
    bytes_of_text,
    text_fits,
)
from intake.web.api.request_body import Body, InvalidBody
from intake.web.contribute import submission_intake
from intake.web.contribute.draft_views import CHANGED
from intake.web.current import config
from intake.web.errors import problem
from intake.web.forms.contribute import to_come
from intake.web.forms.fields import CAPTION_CHARACTERS, TITLE_CHARACTERS, MomentField
from intake.wording import contributor_statuses

__all__ = ["bp"]

AWAY = {503: "The database is away. Send the same request again in a minute."}
EXAMPLE_RECEIPT = "0123N-4567W-89ABQ-CDEFV"
EXAMPLE_ID = "5f0c8d1e-3b1a-4c55-9a53-5d0a7f1c2b3d"
NO_PHOTO = "There is no such photo."
STALE = "The draft was changed since this version. Nothing was saved. Read it, then save again."
JSON_ESCAPE = 6
"""Largest number of JSON bytes for one byte of text, as in `\\u0001`. Used for the size limit of the body."""


class ReadDraftBody(ReceiptBody):
    """Request body to read a draft."""

    with_pictures: Annotated[bool, Field(description="Adds thumbnails of clean photos.")] = False
    with_preview: Annotated[bool, Field(description="Adds the words as editors will see them.")] = False


class DraftPhotoBody(Body):
    """Caption and credit of a photo. Fields that are left out stay unchanged."""

    id: UUID
    caption: Annotated[str, TextRule(CAPTION_CHARACTERS)] | None = None
    credit: Line | None = None


class DraftBody(ReceiptBody):
    """Request body to save a draft. Fields that are left out stay unchanged."""

    version: Version
    title: Annotated[str, TextRule(TITLE_CHARACTERS)] = ""
    body: Annotated[str, AfterValidator(text_fits), Field(json_schema_extra=bytes_of_text())] = ""
    format: Format = "plain"
    language: Language = ""
    section: Section
    print_name: Line = ""
    contact: Line = ""
    embargo_until: Annotated[Moment | None, AfterValidator(to_come)] = None
    photos: Annotated[
        list[DraftPhotoBody],
        Field(default_factory=list, description="Photos in their new order. Others follow."),
    ]


class SendDraftBody(ReceiptBody):
    """Request body to send a draft."""

    version: Version
    consent: Annotated[bool, Field(description=f"{AGREED} Without it, nothing is sent.")] = False
    consent_language: ConsentLanguage = interface.ENGLISH
    consent_version: ConsentVersion = ""


@dataclass(frozen=True)
class BegunDraft:
    """Response with the receipt of a new draft. Without it, nobody can open the draft again."""

    receipt: GivenReceipt
    version: int


@dataclass(frozen=True)
class SentDraft:
    """Response to a draft that was sent."""

    receipt: GivenReceipt
    status: Annotated[str, OneOf(contributor_statuses())]


def _largest(settings: Settings) -> int:
    return JSON_ESCAPE * settings.max_text_bytes + 1024 * 1024


@bp.post("/drafts")
@public
@operation(
    "beginDraft",
    "Begin a draft. It is saved in steps, and deleted if it is not sent.",
    answers={201: "Begun. Write the receipt down: only the receipt opens the draft."},
    refusals={400: BAD_KEY, **AWAY},
    parameters=[key_header("Sending it again gives the same receipt, not a second draft.")],
)
def begin_draft() -> BegunDraft | Response:
    """Create an empty draft. A repeated Idempotency-Key returns the same receipt."""
    token = request.headers.get("Idempotency-Key", receipts.new_token())
    if len(token) not in KEY_CHARACTERS:
        return problem(400, "Idempotency-Key", BAD_KEY)
    receipt = receipts.derive(f"api draft {token}")
    with transaction() as session:
        version = draft.begin(session, receipt, new_key()).version
    return BegunDraft(receipts.grouped(receipt), version)


@bp.post("/drafts/status")
@public
@operation(
    "readDraft",
    "Everything in a draft.",
    refusals={**NO_DRAFT, **AWAY},
    example={"receipt": EXAMPLE_RECEIPT, "with_preview": True},
)
def read_draft(body: ReadDraftBody) -> DraftState:
    """Return a draft."""
    return state(body.receipt, with_pictures=body.with_pictures, with_preview=body.with_preview)


@bp.post("/drafts/changes")
@public
@operation(
    "saveDraft",
    "Save words of a draft, and the captions, credits and order of its photos.",
    refusals={**NO_DRAFT, 409: "The draft was changed in the meantime.", **AWAY},
    example={
        "receipt": EXAMPLE_RECEIPT,
        "version": 0,
        "title": "Over the river",
        "photos": [{"id": EXAMPLE_ID, "caption": "The river in May"}],
    },
    largest=_largest,
)
def save_draft(body: DraftBody) -> DraftState | Response:
    """Save the fields of the request, all or none. A repeated request changes nothing more."""
    try:
        with transaction() as session:
            submission = draft.locked_draft(session, body.receipt)
            known = {photo.id for photo in draft_photos.shown(submission)}
            if any(photo.id not in known for photo in body.photos):
                raise InvalidBody({"photos": [NO_PHOTO]})
            typed = replace(draft.words(session, submission), **_changes(body))
            captions = _captions(draft.captions(session, submission), body.photos)
            draft.save(session, body.receipt, typed, captions, body.version)
            draft_photos.arrange(submission, [photo.id for photo in body.photos])
    except StaleDraft:
        return problem(409, "Changed in the meantime", STALE, version=opened(body.receipt).version)
    return state(body.receipt)


def _changes(body: DraftBody) -> dict[str, str]:
    """Return the request's text fields as the strings that the draft's HTML form would send."""
    words = body.model_dump(exclude={"receipt", "version", "photos"}, exclude_unset=True)
    if "embargo_until" in words:
        words["embargo_until"] = MomentField.typed(words["embargo_until"])
    return words


def _captions(stored: Captions, photos: list[DraftPhotoBody]) -> Captions:
    """Return the captions and credits of these photos. The stored text replaces fields that were left out."""
    kinds = submission_intake.PHOTO_WORDS
    return {
        (key := str(photo.id)): {
            kind: stored.get(key, draft.NO_CAPTION)[kind] if sent is None else sent
            for kind in kinds
            for sent in [getattr(photo, kind)]
        }
        for photo in photos
    }


@bp.post("/drafts/submissions")
@public
@operation(
    "sendDraft",
    "Send a draft to the editors.",
    answers={201: "Sent.", 200: "It was sent before."},
    refusals={**NO_DRAFT, 409: "The draft was changed in the meantime. Read it once more.", **AWAY},
    example={"receipt": EXAMPLE_RECEIPT, "version": 1, "consent": True},
)
def send_draft(body: SendDraftBody) -> WithStatus[SentDraft] | Response:
    """Send a draft. A repeated request returns the status of the sent submission."""
    try:
        page = opened(body.receipt)
        if body.version != page.version:
            return problem(409, "Changed in the meantime", CHANGED, version=page.version)
        if found := problems(page, is_agreed=body.consent):
            raise InvalidBody(found)
        agreed = shown.consent_now(body.consent_language, config().magazine)
        if body.consent_version not in {"", agreed.version}:
            return problem(422, *CONSENT_CHANGED)
        form, _ = checked(page, is_agreed=True)
        with transaction() as session:
            draft.send(session, body.receipt, submission_intake.words(form), agreed)
    except NotFound:
        return WithStatus(_sent_before(body.receipt), 200)
    return WithStatus(SentDraft(receipts.grouped(body.receipt), "received"), 201)


def _sent_before(receipt: str) -> SentDraft:
    """Return the status of a draft that was sent before. Raises NotFound, also if it was not sent."""
    with transaction() as session:
        found = receipt_page(session, receipt)
    if found is None or found.status == UNSENT:
        raise NotFound
    return SentDraft(receipts.grouped(receipt), found.status)


@bp.post("/drafts/deletions")
@public
@operation(
    "deleteDraft",
    "Delete a draft with everything in it.",
    answers={204: "Deleted."},
    refusals={**NO_DRAFT, **AWAY},
    example={"receipt": EXAMPLE_RECEIPT},
)
def delete_draft(body: ReceiptBody) -> None:
    """Delete a draft. Raises NotFound, also if it was sent."""
    with transaction() as session:
        submission_id = draft.locked_draft(session, body.receipt).id
    draft.delete_draft(submission_id)
