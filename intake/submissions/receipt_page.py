"""Receipt page: the progress of a submission, for its contributor."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import lifecycle, receipts, wording
from intake.crypto import KeyFault
from intake.documents.refusal import REASONS
from intake.languages import Format
from intake.models import Photo, Revision, Submission
from intake.models.sealing.key_ring import Scope, ring_of
from intake.originals import keeping
from intake.originals.keeping import OriginalsOnReceipt
from intake.photos import notes, removed
from intake.photos.refusal import why_and_what_to_do
from intake.plurals import ENGLISH, Translator, gettext_noop
from intake.retention import deletion_dates
from intake.settings import settings
from intake.submissions import photo_marks, usual_time
from intake.submissions.receipt_steps import Step, steps
from intake.text import render
from intake.text import report as text_report
from intake.text.editable import editable_text

DOCUMENT_REFUSED = gettext_noop("We could not read your document, and did not keep it. %(why)s")
DOUBTS = {
    "encoding-guessed": gettext_noop(
        "We had to guess how the letters of your file are stored. Please look whether they are right."
    ),
    "encoding-damaged": gettext_noop(
        "Some letters of your file are damaged. You see � where such a letter stood."
    ),
}
"""Key of `documents.document.NOTES` → sentence for the contributor."""

GONE_SHOWN = timedelta(days=1)
"""Time after which the receipt of a withdrawn or deleted submission is treated as unknown, to hide that it existed."""


@dataclass(frozen=True)
class SentPhoto:
    """Photo as its contributor may see it.

    `removed` says what cleaning removed, and `noted` the notes on the picture. `sentence` says why the photo was
    refused and what to do. Each may be empty.
    """

    position: int
    caption: str | None
    status: str
    sentence: str
    removed: str
    noted: str


@dataclass(frozen=True, repr=False)
class ReceiptMessage:
    """Message on the receipt page. `mine` is true if the contributor sent it. Editors are not named."""

    body: str
    at: datetime
    mine: bool


@dataclass(frozen=True, repr=False)
class ReadText:
    """Text of a submission as cleaning left it. `html` is safe to render."""

    html: Markup
    language: str

    @property
    def photo_mark(self) -> str:
        """First mark in the text where a picture stood, or an empty text."""
        return photo_marks.first(self.html)


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the receipt page shows. `status` comes from `wording.contributor_status`.

    `about_text` says what cleaning removed from the contributor's newest text, and why a document with the text was
    refused or may be misread. Empty if nothing, or if the text is not clean yet.
    `read_text` is the contributor's newest text, if a document was a part of it.
    `usual_days` is the number of days within which half of such submissions were decided. None unless an editor must act.
    `deletes_on`, `contact_deleted_on` and `held_until` come from `retention.deletion_dates`. `originals` has facts about
    unchanged photos that are kept.
    `is_closed` is true if this server has no key for the texts of the submission, which are then left out.
    """

    status: str
    received_at: datetime
    about_text: list[str]
    read_text: ReadText | None
    photos: list[SentPhoto]
    messages: list[ReceiptMessage]
    may_withdraw: bool
    may_answer: bool
    may_write: bool
    usual_days: int | None
    steps: list[Step]
    deletes_on: date | None
    contact_deleted_on: date | None
    held_until: date | None
    originals: OriginalsOnReceipt
    is_closed: bool = False


@dataclass(frozen=True, repr=False)
class OfferedText:
    """Current text, for the contributor to change.

    `format` is the format of `body`, and of the changed text that the contributor sends back.
    """

    title: str
    body: str
    format: Format
    language: str


def receipt_page(session: Session, receipt: str, translator: Translator = ENGLISH) -> ReceiptPage | None:
    """Return the page for a receipt in canonical form, or None if no submission has this receipt.

    Sentences about the text and the photos are in the translator's language.
    """
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .options(selectinload(Submission.photos), selectinload(Submission.messages))
    )
    if submission is None:
        return None
    submission.open_with(receipt=receipt)
    kept = deletion_dates.for_contributor(session, submission)
    if submission.status in lifecycle.GONE and submission.has_waited(GONE_SHOWN) and not kept.held_until:
        return None
    sent, is_closed = _newest_text(session, submission), _is_closed(session, submission)
    return ReceiptPage(
        status=wording.contributor_status(submission.status),
        received_at=submission.received_at,
        about_text=_about_text(sent.report, translator) if sent else [],
        read_text=_read_text(sent, submission.language) if sent and not is_closed else None,
        photos=[
            _photo(photo, translator, is_closed=is_closed)
            for photo in submission.photos
            if photo.status != "purged"
        ],
        messages=[] if is_closed else _messages(submission),
        may_withdraw=lifecycle.can_move("withdraw", submission.status),
        may_answer=lifecycle.can_move("answer", submission.status) and not is_closed,
        may_write=submission.status not in lifecycle.GONE
        and submission.status != lifecycle.UNSENT
        and not is_closed,
        usual_days=usual_time.days(session, submission.section) if _waits_for_the_desk(submission) else None,
        steps=steps(session, submission, translator),
        **vars(kept),
        originals=keeping.for_contributor(session, submission),
        is_closed=is_closed,
    )


def _is_closed(session: Session, submission: Submission) -> bool:
    """Return whether this process serves only contributors, and has no key for the words of a submission.

    This happens if the submission was decided before Transom had key pairs: its key was never wrapped under the receipt.
    Any other process has the keys, so a missing key is a fault there.
    """
    if not settings().is_public_side:
        return False
    try:
        ring_of(session).key(session, Scope.SUBMISSION, submission.id)
    except KeyFault:
        return bool(submission.keys)
    return False


def _messages(submission: Submission) -> list[ReceiptMessage]:
    return [
        ReceiptMessage(message.body, message.sent_at, mine=message.editor_id is None)
        for message in submission.messages
    ]


def _waits_for_the_desk(submission: Submission) -> bool:
    return submission.status == "received" or submission.lane == "ours"


def _newest_text(session: Session, submission: Submission) -> Revision | None:
    """Return the contributor's newest revision. Editors' revisions have no report of cleaning."""
    if submission.status in lifecycle.GONE:
        return None
    return session.scalar(
        select(Revision)
        .where(Revision.submission_id == submission.id, Revision.number > 0, Revision.editor_id.is_(None))
        .order_by(Revision.number.desc())
        .limit(1)
    )


def _about_text(report: dict[str, Any], translator: Translator) -> list[str]:
    refused = report.get("document_refused", "")
    document = (
        translator.gettext(DOCUMENT_REFUSED) % {"why": translator.gettext(REASONS[refused])}
        if refused in REASONS
        else ""
    )
    doubts = [translator.gettext(DOUBTS[note]) for note in report.get("document", []) if note in DOUBTS]
    sentences = [document, text_report.for_contributor(report, translator), *doubts]
    return [sentence for sentence in sentences if sentence]


def _read_text(sent: Revision, language: str) -> ReadText | None:
    """Return the text if a document was read for it."""
    if sent.report.get("document") is None:
        return None
    return ReadText(Markup(render(sent.html or "")), language)  # noqa: S704 - cleaned and verified before it was stored


def offered_text(session: Session, receipt: str) -> OfferedText | None:
    """Return the text of the submission with this canonical receipt.

    Returns None if the contributor may not answer now, or if no submission has this receipt.
    """
    found = session.execute(
        select(Submission, Revision)
        .join(Revision, Revision.submission_id == Submission.id)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    if found is None or not lifecycle.can_move("answer", found[0].status):
        return None
    submission, newest = found
    submission.open_with(receipt=receipt)
    body, written = editable_text(newest.html or "")
    return OfferedText(newest.title or "", body, written, submission.language)


def _photo(photo: Photo, translator: Translator, *, is_closed: bool = False) -> SentPhoto:
    refused = why_and_what_to_do(photo.reason, translator)
    told = removed.sentence(photo.removed, translator) if photo.status == "clean" else ""
    noted = notes.sentences(photo.notes, translator)
    caption = None if is_closed else photo.caption
    return SentPhoto(photo.position, caption, photo.status, refused, told, noted)
