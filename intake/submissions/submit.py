"""Store a new submission with its photos."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from intake import db, receipts
from intake.consent import Consent
from intake.errors import AlreadySubmitted
from intake.languages import OTHER, UNTOLD
from intake.models import Photo, Revision, Submission, record
from intake.originals import keeping


# No repr, because these objects contain a contributor's texts and a key, and a repr may end up in logs.
@dataclass(frozen=True, repr=False)
class PhotoDraft:
    """Photo as a form or the API sent it.

    The file is stored in quarantine under the photo's id, or the photo was refused on arrival for `reason`.
    """

    id: uuid.UUID
    caption: str = ""
    credit: str = ""
    reason: str | None = None


@dataclass(frozen=True, repr=False)
class SubmissionText:
    """Validated fields of a form or an API call, before cleaning.

    `language` is languages.UNTOLD if the contributor chose none.
    """

    title: str
    body: str
    format: str
    language: str
    section: str
    print_name: str = ""
    contact: str = ""
    embargo_until: datetime | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class NewSubmission(SubmissionText):
    """Submission as a form or the API sent it. `key` encrypts the stored files.

    `document` is the ending of a document's file name, such as `.md`, or None if none was sent. The document is
    stored in quarantine under the id of the submission, and its text follows `body`.
    `signals` are signs of a bot or a person in the request (intake/submissions/suspicion/signals.py).
    `original_days` are the days for which the contributor lets the unchanged photos be kept, or None.
    """

    id: uuid.UUID
    key: bytes
    receipt: str
    consent: Consent
    photos: list[PhotoDraft] = field(default_factory=list)
    document: str | None = None
    signals: tuple[str, ...] = ()
    original_days: int | None = None

    def raw(self) -> str:
        """Serialize the contributor's texts as one JSON document, to be encrypted as revision 0."""
        photos = {str(photo.id): {"caption": photo.caption, "credit": photo.credit} for photo in self.photos}
        return raw_words(self, photos, self.document)


def raw_words(text: SubmissionText, photos: dict[str, dict[str, str]], document: str | None) -> str:
    """Serialize the words of a submission for revision 0.

    `photos` is {id: {"caption", "credit"}}, and `document` the ending of a document's file name.
    """
    return json.dumps(
        {
            "title": text.title,
            "body": text.body,
            "format": text.format,
            "language": text.language,
            "print_name": text.print_name,
            "photos": photos,
            "document": document,
        },
        ensure_ascii=False,
    )


def document_file(submission_id: uuid.UUID) -> str:
    """Storage name of the document of a submission."""
    return f"quarantine/{submission_id}/{submission_id}"


def submit(session: Session, draft: NewSubmission) -> Submission:
    """Store a submission with its events and jobs.

    Raises AlreadySubmitted if the receipt exists. The transaction is then unusable and must be rolled back.
    """
    submission = Submission(
        id=draft.id,
        receipt_hash=receipts.hashed(draft.receipt),
        consent_version=draft.consent.version,
        consent_language=draft.consent.language,
        consent_text=draft.consent.text,
        has_document=draft.document is not None,
        signals=list(draft.signals),
    )
    submission.wrap(draft.key, draft.receipt)
    set_details(submission, draft)
    session.add(submission)
    # Any other error must not look like success: the contributor would get a receipt for nothing.
    db.flush(session, "uq_submissions_receipt_hash", AlreadySubmitted)
    session.add(
        Revision(submission_id=submission.id, number=0, sealed=submission.seal(draft.raw(), "revision 0"))
    )
    record(session, "submission.received", submission, photos=len(draft.photos))
    for position, photo in enumerate(draft.photos, start=1):
        add_photo(session, submission, photo, position, draft.original_days)
    return submission


def set_details(submission: Submission, text: SubmissionText) -> None:
    """Set the details that the contributor gave with the text. The contact is encrypted."""
    submission.language = OTHER if text.language == UNTOLD else text.language
    submission.section, submission.embargo_until = text.section, text.embargo_until
    submission.contact = submission.seal(text.contact, "contact") if text.contact else None


def add_photo(
    session: Session,
    submission: Submission,
    draft: PhotoDraft,
    position: int,
    original_days: int | None = None,
) -> None:
    """Add a photo that waits for cleaning, or was refused on arrival.

    `original_days` are the days for which its original may be kept, or None.
    """
    photo = Photo(id=draft.id, submission_id=submission.id, position=position)
    if draft.reason:
        photo.status, photo.reason = "refused", draft.reason
        submission.flagged = True
    else:
        photo.original_key = photo.quarantine_name
        keeping.allow(session, photo, original_days)
    session.add(photo)
    session.flush()
    if draft.reason:
        record(session, "photo.refused", submission, photo=photo, reason=draft.reason)
    else:
        record(session, "photo.received", submission, photo=photo)
