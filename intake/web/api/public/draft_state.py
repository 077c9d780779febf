"""State of a draft in responses, and the problems that keep it from being sent."""

import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from intake import receipts
from intake.db import transaction
from intake.submissions.draft_page import DraftPage, DraftPhoto, draft_page
from intake.web.api.fields import Html, OneOf
from intake.web.api.request_body import Body
from intake.web.api.serialize import shared
from intake.web.contribute import draft_show
from intake.web.contribute.draft_show import DraftPreview
from intake.web.forms.contribute import SubmissionForm, consent_now
from intake.web.forms.fields import moment_of
from intake.web.language import translator

NO_DRAFT = {404: "There is no draft of this receipt, or it was sent."}
Receipt = Annotated[
    str,
    AfterValidator(lambda sent: receipts.canonical(sent) or ""),
    Field(description="As it was given, in any spelling."),
]
"""Receipt of a request, in canonical form. Empty if it is malformed: no submission has this receipt."""


class ReceiptBody(Body):
    """Request body with a receipt."""

    receipt: Receipt


@dataclass(frozen=True, repr=False)
class DraftPhotoState:
    """Photo of a draft."""

    id: uuid.UUID
    position: int
    status: Annotated[str, OneOf(("received", "clean", "refused"))]
    caption: str
    credit: str
    about: Annotated[
        list[str],
        Field(description="What was removed, notes on the picture, or why it was refused and what to do."),
    ]
    picture: Annotated[
        str,
        Field(description="Thumbnail as a data URL. Empty until it is clean, and without `with_pictures`."),
    ]
    width: Annotated[int, Field(description="Width of the thumbnail in pixels.")]
    height: Annotated[int, Field(description="Height of the thumbnail in pixels.")]


@dataclass(frozen=True, repr=False)
class DraftPreviewState:
    """Title, text and print name of a draft as editors will see them."""

    title: str
    html: Html
    print_name: str
    about_text: Annotated[str, Field(description="What was removed from the text. May be empty.")]


@dataclass(frozen=True, repr=False)
class DraftState:
    """Draft with its text fields, photos, problems and preview."""

    version: int
    title: str
    body: str
    format: str
    language: str
    section: str
    print_name: str
    contact: str
    embargo_until: datetime | None
    document: Annotated[str | None, Field(description="Ending of the document's file name, such as `.odt`.")]
    photos: list[DraftPhotoState]
    room: Annotated[int, Field(description="How many more photos may be added.")]
    deleted_on: Annotated[datetime, Field(description="It is deleted on this day if nothing changes.")]
    problems: Annotated[
        dict[str, list[str]], Field(description="Field → what to do before it can be sent. Empty: send it.")
    ]
    preview: Annotated[
        DraftPreviewState | None,
        Field(description="As editors will see it. Null without `with_preview`."),
    ]


def opened(receipt: str, *, with_pictures: bool = False) -> DraftPage:
    """Return the draft with this canonical receipt. Raises NotFound, also if it was sent."""
    with transaction() as session:
        return draft_page(session, receipt, frozenset() if with_pictures else None, translator())


def problems(page: DraftPage, *, is_agreed: bool) -> dict[str, list[str]]:
    """Return field → reasons why a draft cannot be sent. `is_agreed` says whether consent was given."""
    form, others = checked(page, is_agreed=is_agreed)
    found = {name: [str(error) for error in errors] for name, errors in form.errors.items() if errors}
    return found | ({"draft": others} if others else {})


def checked(page: DraftPage, *, is_agreed: bool) -> tuple[SubmissionForm, list[str]]:
    """Check the text fields of a draft. Not the version of the consent text, which API clients may leave out."""
    return draft_show.checked(
        page, {"consent": "yes", "consent_version": consent_now().version} if is_agreed else {}
    )


def state(receipt: str, *, with_pictures: bool = False, with_preview: bool = False) -> DraftState:
    """Return the draft with this canonical receipt for a response. Raises NotFound, also if it was sent."""
    page = opened(receipt, with_pictures=with_pictures)
    embargo = None
    with suppress(ValueError):
        embargo = moment_of(page.words.embargo_until)
    told = {
        "photos": [_photo(photo) for photo in page.photos],
        "embargo_until": embargo,
        "problems": problems(page, is_agreed=True),
        "preview": _preview(draft_show.preview(page.words)) if with_preview else None,
    }
    return DraftState(**(asdict(page.words) | shared(DraftState, page) | told))


def _photo(photo: DraftPhoto) -> DraftPhotoState:
    return DraftPhotoState(position=photo.number, **shared(DraftPhotoState, photo))


def _preview(shown: DraftPreview) -> DraftPreviewState:
    return DraftPreviewState(**vars(shown))
