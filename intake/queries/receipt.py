"""What a contributor sees of a submission."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from intake import lifecycle, receipts, wording
from intake.counted import ENGLISH, Translator
from intake.models import Decision, Event, Photo, Submission
from intake.photos.refusal import why_and_what_to_do
from intake.photos.words import sentence


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


@dataclass(frozen=True)
class Step:
    """One station on the way; `at` when it was reached."""

    word: str
    at: datetime | None
    done: bool
    current: bool


@dataclass(frozen=True, repr=False)
class Letter:
    """What was written; `mine` by the contributor, else by the desk, whose editors have no names here."""

    body: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the status page shows."""

    status: str
    received_at: datetime
    photos: list[SentPhoto]
    messages: list[Letter]
    may_withdraw: bool
    steps: list[Step]


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
        status=submission.status,
        received_at=submission.received_at,
        photos=[_photo(photo, translator) for photo in submission.photos if photo.status != "purged"],
        messages=[
            Letter(message.body, message.sent_at, mine=message.editor_id is None)
            for message in submission.messages
        ],
        may_withdraw=lifecycle.may("withdraw", submission.status),
        steps=_steps(session, submission),
    )


def _photo(photo: Photo, translator: Translator) -> SentPhoto:
    refused = why_and_what_to_do(photo.reason, translator)
    removed = sentence(photo.removed, translator) if photo.status == "clean" else ""
    return SentPhoto(photo.position, photo.caption, photo.status, refused, removed)


# What a decision does not say: what became of the submission after it, or instead of it.
AFTERWARDS = frozenset({"published", "withdrawn", "purged"})


def _steps(session: Session, submission: Submission) -> list[Step]:
    reached: list[tuple[str, datetime | None]] = [
        ("Arrived", submission.received_at),
        ("Cleaned", submission.screened_at),
        _decided(submission.decision),
    ]
    if submission.status in AFTERWARDS:
        # What was not reached by now never will be.
        reached = [step for step in reached if step[1]] + _afterwards(session, submission)
    latest = max(i for i, (_, at) in enumerate(reached) if at)
    return [Step(word, at, at is not None, i == latest) for i, (word, at) in enumerate(reached)]


def _decided(decision: Decision | None) -> tuple[str, datetime | None]:
    if decision is None:
        return "Decided", None
    return wording.STATUS["accepted" if decision.verdict == "accept" else "rejected"], decision.decided_at


def _afterwards(session: Session, submission: Submission) -> list[tuple[str, datetime | None]]:
    names = {f"submission.{status}": wording.STATUS[status] for status in AFTERWARDS}
    happened = session.execute(
        select(Event.name, func.max(Event.at))
        .where(Event.submission_id == submission.id, Event.name.in_(names))
        .group_by(Event.name)
        .order_by(func.max(Event.id))
    )
    return [(names[name], at) for name, at in happened]
