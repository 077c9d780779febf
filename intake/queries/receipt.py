"""What a contributor sees of a submission."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import lifecycle, receipts, wording
from intake.models import Photo, Submission
from intake.photos.refusal import REASONS
from intake.photos.words import in_words


@dataclass(frozen=True)
class SentPhoto:
    """A photo as its contributor may know of it: what was removed, or why it was refused."""

    position: int
    caption: str | None
    status: str
    sentence: str
    removed: list[str]


@dataclass(frozen=True)
class Step:
    """One station on the way; `at` when it was reached."""

    word: str
    at: datetime | None
    done: bool
    current: bool


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the status page shows."""

    status: str
    received_at: datetime
    photos: list[SentPhoto]
    reason: str | None
    may_withdraw: bool
    steps: list[Step]


def receipt_page(session: Session, receipt: str) -> ReceiptPage | None:
    """The page that belongs to a canonical receipt, or None."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .options(selectinload(Submission.photos), selectinload(Submission.decision))
    )
    if submission is None:
        return None
    rejected = submission.status == "rejected" and submission.decision
    return ReceiptPage(
        status=submission.status,
        received_at=submission.received_at,
        photos=[_photo(photo) for photo in submission.photos if photo.status != "purged"],
        reason=submission.decision.reason if rejected and submission.decision else None,
        may_withdraw=lifecycle.may("withdraw", submission.status),
        steps=_steps(submission),
    )


def _photo(photo: Photo) -> SentPhoto:
    sentence = REASONS.get(photo.reason or "", "")
    return SentPhoto(photo.position, photo.caption, photo.status, sentence, in_words(photo.removed))


def _steps(submission: Submission) -> list[Step]:
    decided = submission.decision.decided_at if submission.decision else None
    outcome = submission.status if submission.status not in {"received", "in_review"} else "accepted"
    reached: tuple[tuple[str, datetime | None], ...] = (
        ("Arrived", submission.received_at),
        ("Cleaned", submission.screened_at),
        (wording.STATUS[outcome] if decided else "Decided", decided),
    )
    latest = max(i for i, (_, at) in enumerate(reached) if at)
    return [Step(word, at, at is not None, i == latest) for i, (word, at) in enumerate(reached)]
