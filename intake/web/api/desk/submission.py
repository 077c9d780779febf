"""API to read one submission with its texts, photos, history and decision."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from intake.db import transaction
from intake.lifecycle import PHOTO_STATUSES
from intake.models.decision import STATES, VERDICTS
from intake.photos.retouch import Area
from intake.publishing.corrections import PublishedNote
from intake.retention import RULES
from intake.retention.explained import Retention, explain
from intake.retouches.request import PendingRetouch
from intake.review import cleaning_report
from intake.review.cleaning_report import Cleaning
from intake.review.second_look import FIELDS, MAX_PLACES
from intake.review.submission_detail import DecisionSummary, PhotoSummary, SubmissionHeader, Text
from intake.review.submission_export import AuthoredText, SubmissionExport, submission_export, view_contact
from intake.review.timeline import TimelineEntry
from intake.text.flagged import WORD_CHARACTERS
from intake.text.report import FLAGS
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.publication_parts import PointAnswer, Status, TranslationsAnswer, publication_parts
from intake.web.api.fields import OneOf, Part, Url
from intake.web.api.operation import operation
from intake.web.api.serialize import below, copies, shared, whole
from intake.web.current import config
from intake.web.token_auth import editor

__all__ = ["SubmissionAnswer", "bp", "current"]


@dataclass(frozen=True)
class RevisionAnswer:
    """Revision of a submission's text."""

    number: int
    title: str
    html: Annotated[str, Field(description="Cleaned HTML, as it is stored.")]
    author: Annotated[str | None, Field(description="null: the contributor.")]
    created_at: datetime
    words: int
    minutes: int
    note: str | None


@dataclass(frozen=True)
class Point:
    """Point in shares of the whole photo, from 0 to 1."""

    x: Part
    y: Part


@dataclass(frozen=True)
class RetouchAnswer(PendingRetouch):
    """Redaction or crop that was requested and is not applied yet."""

    id: Annotated[int, Field(description="DELETE …/retouches/{retouch_id} undoes it until `due_at`.")]
    kind: Annotated[str, OneOf(("redaction", "crop"))]
    crop: Annotated[Area | None, Field(description="null in a crop: the whole.")]


@dataclass(frozen=True)
class PhotoAnswer:
    """Photo of a submission, without its storage key and file names."""

    id: uuid.UUID
    position: int
    status: Annotated[str, OneOf(PHOTO_STATUSES)]
    caption: str | None
    credit: str | None
    alt: str | None
    graphic: bool
    featured: bool
    generation: Annotated[int, Field(description="Grows with each redaction and crop.")]
    width: int | None
    height: int | None
    format: str | None
    sentence: Annotated[str, Field(description="Why it was refused, and what its contributor can do.")]
    removed: Annotated[str, Field(description="What cleaning removed from it.")]
    noted: Annotated[
        str, Field(description="Notes on the file and the picture, for example that it was made smaller.")
    ]
    hint: Annotated[
        str,
        Field(description="Whether a program or a camera made it, as the file claims. Nobody verified this."),
    ]
    crop: Annotated[Area | None, Field(description="Visible area of the whole photo.")]
    focus: Annotated[Point | None, Field(description="The focal point, in the whole.")]
    wishes: Annotated[
        list[RetouchAnswer], Field(description="Redactions and crops that are not applied yet.")
    ]
    failure: Annotated[str | None, Field(description="Kind of the last redaction or crop, if it failed.")]
    urls: Annotated[
        Mapping[str, Url],
        Field(
            description="Of its clean copies: full, web, thumb; of a cropped one also base, the whole. Empty where there is none."
        ),
    ]


@dataclass(frozen=True)
class FlagAnswer:
    """Flagged words in one field of a submission."""

    kind: Annotated[str, OneOf(FLAGS)]
    field: Annotated[str, OneOf(FIELDS)]
    photo: Annotated[int | None, Field(description="Position of the photo with this caption or credit.")]
    word: Annotated[
        str,
        Field(description=f"The words, cut with an ellipsis if longer than {WORD_CHARACTERS} characters."),
    ]
    start: Annotated[
        int, Field(description="In characters of the field. In the text: of the `textContent` of its HTML.")
    ]
    end: int


@dataclass(frozen=True)
class DecisionAnswer(DecisionSummary):
    """Decision on a submission. `state` says whether it has taken effect or can still be undone."""

    id: Annotated[int, Field(description="DELETE …/decisions/{decision_id} undoes it until `settles_at`.")]
    verdict: Annotated[str, OneOf(VERDICTS)]
    state: Annotated[str, OneOf(STATES)]


@dataclass(frozen=True)
class RetentionAnswer(Retention):
    """How long a submission is kept, and by which rule. Days are in UTC."""

    rule: Annotated[
        Annotated[str, OneOf(RULES)] | None, Field(description="null: age deletes nothing of it.")
    ]
    deletes_on: Annotated[
        date | None,
        Field(description="At the beginning of this day the rule acts. For `contact`, the text stays."),
    ]
    held_until: Annotated[date | None, Field(description="Last day of a legal hold.")]


@dataclass(frozen=True)
class SubmissionAnswer(SubmissionHeader):
    """Submission with its texts, photos, notes, messages, timeline and decision."""

    url: Url
    flagged: Annotated[bool, Field(description="Whether the queue says that it needs a second look.")]
    version: Annotated[
        int, Field(description="Send it with every edit, decision, reopening and publication.")
    ]
    status: Status
    may: Annotated[list[str], Field(description="Actions that are possible now.")]
    export_url: Url | None
    decision: DecisionAnswer | None
    revisions: Annotated[
        list[RevisionAnswer], Field(description="Newest first. The first is the current text.")
    ]
    photos: list[PhotoAnswer]
    notes: list[AuthoredText]
    messages: list[AuthoredText]
    timeline: list[TimelineEntry]
    checklist: Annotated[list[PointAnswer], Field(description="Empty if the section has none.")]
    translations: TranslationsAnswer
    retention: Annotated[RetentionAnswer, Field(description="Why it is still there.")]
    publication_notes: Annotated[
        list[PublishedNote], Field(description="Corrections and retractions, newest first.")
    ]
    removed: Annotated[str, Field(description="What cleaning removed from the text.")]
    language_note: Annotated[
        str, Field(description="Set if the text reads as another language than the contributor chose.")
    ]
    warnings: Annotated[list[str], Field(description="What needs a second look in the current words.")]
    flags: Annotated[
        list[FlagAnswer],
        Field(
            description=f"Flagged words, in the order of the desk's page. Of each kind the first {MAX_PLACES}."
        ),
    ]


@dataclass(frozen=True)
class Contact:
    """Contact of the contributor."""

    contact: str


@bp.get("/submissions/<uuid:submission_id>")
@program_requires("submission.read")
@operation("readSubmission", "A submission with everything.")
def submission(submission_id: uuid.UUID) -> SubmissionAnswer:
    """Return a submission with its texts, photos, messages, decision and possible actions."""
    return current(submission_id)


@bp.get("/submissions/<uuid:submission_id>/cleaning")
@program_requires("submission.read")
@operation("readCleaning", "Changes that cleaning made.")
def cleaning(submission_id: uuid.UUID) -> Cleaning:
    """Return the changes that cleaning made to the title, text and other fields from the contributor."""
    with transaction() as session:
        return cleaning_report.cleaning(session, submission_id)


@bp.post("/submissions/<uuid:submission_id>/contact-views")
@program_requires("contact.read")
@operation(
    "readContact",
    "Contact of the contributor. The history records who looked.",
    refusals={404: "None was given."},
)
def contact(submission_id: uuid.UUID) -> Contact:
    """Return the contributor's contact. The submission's timeline records who read it."""
    with transaction() as session:
        return Contact(view_contact(session, submission_id, editor()))


def current(submission_id: uuid.UUID) -> SubmissionAnswer:
    """Return the current state of a submission.

    Every write responds with it, so clients learn the new version.
    """
    with transaction() as session:
        return _document(
            submission_export(session, submission_id),
            retention=RetentionAnswer(**vars(explain(session, submission_id, config()))),
            **publication_parts(session, submission_id),
        )


def _document(found: SubmissionExport, **more: Any) -> SubmissionAnswer:
    detail, head = found.detail, found.detail.submission
    return SubmissionAnswer(
        **vars(head),
        **more,
        url=whole(head.id),
        export_url=below("export", submission_id=head.id) if "export" in detail.may else None,
        revisions=[_revision(text) for text in detail.revisions],
        photos=[_photo(head.id, picture) for picture in detail.photos],
        notes=found.notes,
        messages=found.messages,
        timeline=detail.timeline,
        decision=DecisionAnswer(**vars(detail.decision)) if detail.decision else None,
        may=sorted(detail.may),
        removed=detail.removed,
        language_note=detail.language_note,
        warnings=detail.second_look.sentences,
        flags=[FlagAnswer(**shared(FlagAnswer, place)) for place in detail.second_look.places],
    )


def _revision(text: Text) -> RevisionAnswer:
    """Return a revision with its stored HTML.

    The HTML on the desk's page differs: its external links have `rel` values.
    """
    return RevisionAnswer(**shared(RevisionAnswer, text) | {"html": text.source})


def _photo(submission_id: uuid.UUID, picture: PhotoSummary) -> PhotoAnswer:
    clean = picture.status == "clean"
    told = {
        "focus": Point(**picture.focus) if picture.focus else None,
        "wishes": [RetouchAnswer(**vars(one)) for one in picture.pending_retouches],
    }
    urls = copies(submission_id, picture.id, cropped=bool(picture.crop)) if clean else {}
    return PhotoAnswer(**shared(PhotoAnswer, picture) | told, urls=urls)
