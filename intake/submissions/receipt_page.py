"""Receipt page: the progress of a submission, for its contributor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import lifecycle, receipts, wording
from intake.models import Decision, Event, Photo, Revision, Submission
from intake.photos.metadata_report import sentence
from intake.photos.refusal import why_and_what_to_do
from intake.plurals import ENGLISH, Translator
from intake.text.editable import editable_text
from intake.text.formats import Format

Reached = tuple[str, datetime | None]

# Event → step. The first are steps of a request for changes, the second follow a decision or replace it.
ANSWER_STEPS = {
    "submission.changes_requested": wording.STATUS["changes_requested"],
    "answer.received": wording.ANSWERED,
}
FINAL_STEPS = {
    f"submission.{status}": wording.STATUS[status] for status in ("published", "withdrawn", "purged")
}
# Verdict → status that names it. Other verdicts are no final decision.
FINAL = {"accept": "accepted", "reject": "rejected", "spam": "rejected"}


@dataclass(frozen=True)
class Step:
    """Step on the way of a submission. `at` is when it was reached."""

    word: str
    at: datetime | None
    done: bool
    current: bool


def steps(session: Session, submission: Submission) -> list[Step]:
    """Steps from arrival to the end. A decision is shown only once it can no longer be undone."""
    begun: list[Reached] = [("Arrived", submission.received_at), ("Cleaned", submission.screened_at)]
    reached = [*begun, *_happened(session, submission, ANSWER_STEPS), _decided(session, submission)]
    afterwards = _happened(session, submission, FINAL_STEPS)
    if afterwards:
        # Steps that were not reached by now never will be.
        reached = [step for step in reached if step[1]] + afterwards
    latest = max(i for i, (_, at) in enumerate(reached) if at)
    return [Step(word, at, at is not None, i == latest) for i, (word, at) in enumerate(reached)]


def _decided(session: Session, submission: Submission) -> Reached:
    standing = session.execute(
        select(Decision.verdict, Decision.decided_at).where(
            Decision.submission_id == submission.id, Decision.state == "standing", Decision.verdict.in_(FINAL)
        )
    ).one_or_none()
    return (wording.STATUS[FINAL[standing.verdict]], standing.decided_at) if standing else ("Decided", None)


def _happened(session: Session, submission: Submission, words: dict[str, str]) -> list[Reached]:
    query = select(Event.name, Event.at).where(Event.submission_id == submission.id, Event.name.in_(words))
    return [(words[name], at) for name, at in session.execute(query.order_by(Event.id))]


@dataclass(frozen=True)
class SentPhoto:
    """Photo as its contributor may see it.

    `removed` says what cleaning removed. `sentence` says why the photo was refused and what to do. Each may
    be empty.
    """

    position: int
    caption: str | None
    status: str
    sentence: str
    removed: str


@dataclass(frozen=True, repr=False)
class ReceiptMessage:
    """Message. `mine` is true for the contributor's own. Editors are not named to a contributor."""

    body: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the receipt page shows. `status` comes from `wording.contributor_status`."""

    status: str
    received_at: datetime
    photos: list[SentPhoto]
    messages: list[ReceiptMessage]
    may_withdraw: bool
    may_answer: bool
    may_write: bool
    steps: list[Step]


@dataclass(frozen=True, repr=False)
class OfferedText:
    """Present text, for its author to change. `format` is the format in which the change is read."""

    title: str
    body: str
    format: Format
    language: str


def receipt_page(session: Session, receipt: str, translator: Translator = ENGLISH) -> ReceiptPage | None:
    """Page of a canonical receipt, or None. Sentences about photos are in the translator's language."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .options(selectinload(Submission.photos), selectinload(Submission.messages))
    )
    if submission is None:
        return None
    return ReceiptPage(
        status=wording.contributor_status(submission.status),
        received_at=submission.received_at,
        photos=[_photo(photo, translator) for photo in submission.photos if photo.status != "purged"],
        messages=[
            ReceiptMessage(message.body, message.sent_at, mine=message.editor_id is None)
            for message in submission.messages
        ],
        may_withdraw=lifecycle.can_move("withdraw", submission.status),
        may_answer=lifecycle.can_move("answer", submission.status),
        may_write=submission.status not in lifecycle.GONE,
        steps=steps(session, submission),
    )


def offered_text(session: Session, receipt: str) -> OfferedText | None:
    """Text of a canonical receipt while its author is asked to change it, else None."""
    found = session.execute(
        select(Submission.status, Submission.language, Revision.title, Revision.html)
        .join(Revision, Revision.submission_id == Submission.id)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    if found is None or not lifecycle.can_move("answer", found.status):
        return None
    body, written = editable_text(found.html or "")
    return OfferedText(found.title or "", body, written, found.language)


def _photo(photo: Photo, translator: Translator) -> SentPhoto:
    refused = why_and_what_to_do(photo.reason, translator)
    removed = sentence(photo.removed, translator) if photo.status == "clean" else ""
    return SentPhoto(photo.position, photo.caption, photo.status, refused, removed)
