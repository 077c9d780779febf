"""What a contributor sees of a submission: never who decides, nor what can still be taken back, nor how the desk sorts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import lifecycle, receipts, wording
from intake.counted import ENGLISH, Translator
from intake.formats import Format
from intake.models import Photo, Revision, Submission
from intake.photos.metadata_report import sentence
from intake.photos.refusal import why_and_what_to_do
from intake.queries.steps import Step, steps
from intake.text.editable import editable_text


@dataclass(frozen=True)
class SentPhoto:
    """A photo as its contributor may know of it.

    `removed` says what cleaning took away, `sentence` why the photo was refused and what to do; else they are empty.
    """

    position: int
    caption: str | None
    status: str
    sentence: str
    removed: str


@dataclass(frozen=True, repr=False)
class Letter:
    """What was written; `mine` by the contributor, else by the desk, whose editors have no names here."""

    body: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the status page shows; `status` is as wording.shown gives it."""

    status: str
    received_at: datetime
    photos: list[SentPhoto]
    messages: list[Letter]
    may_withdraw: bool
    may_answer: bool
    may_write: bool
    steps: list[Step]


@dataclass(frozen=True, repr=False)
class OfferedText:
    """The text as it stands, for its author to change; `format` is how the changed text is to be read."""

    title: str
    body: str
    format: Format
    language: str


def receipt_page(session: Session, receipt: str, translator: Translator = ENGLISH) -> ReceiptPage | None:
    """The page that belongs to a canonical receipt, or None; what it says of photos in the translator's language."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .options(selectinload(Submission.photos), selectinload(Submission.messages))
    )
    if submission is None:
        return None
    return ReceiptPage(
        status=wording.shown(submission.status),
        received_at=submission.received_at,
        photos=[_photo(photo, translator) for photo in submission.photos if photo.status != "purged"],
        messages=[
            Letter(message.body, message.sent_at, mine=message.editor_id is None)
            for message in submission.messages
        ],
        may_withdraw=lifecycle.may("withdraw", submission.status),
        may_answer=lifecycle.may("answer", submission.status),
        may_write=submission.status not in lifecycle.GONE,
        steps=steps(session, submission),
    )


def offered_text(session: Session, receipt: str) -> OfferedText | None:
    """The text that belongs to a canonical receipt, while its author is asked to change it; else None."""
    found = session.execute(
        select(Submission.status, Submission.language, Revision.title, Revision.html)
        .join(Revision, Revision.submission_id == Submission.id)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    if found is None or not lifecycle.may("answer", found.status):
        return None
    body, written = editable_text(found.html or "")
    return OfferedText(found.title or "", body, written, found.language)


def _photo(photo: Photo, translator: Translator) -> SentPhoto:
    refused = why_and_what_to_do(photo.reason, translator)
    removed = sentence(photo.removed, translator) if photo.status == "clean" else ""
    return SentPhoto(photo.position, photo.caption, photo.status, refused, removed)
