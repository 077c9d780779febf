"""Drafts: submissions that their contributors save step by step, and have not sent yet.

A draft is a submission with the status `draft`. Its receipt opens it from any browser. The words are revision 0,
encrypted and as they were typed. Photos are cleaned as they arrive. The desk never sees a draft.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import receipts
from intake.audit import linking
from intake.consent import Consent
from intake.db import transaction
from intake.errors import NotFound, StaleDraft
from intake.languages import OTHER, UNTOLD
from intake.lifecycle import UNSENT
from intake.models import Deletion, Job, Photo, Revision, Submission, SubmissionKey
from intake.models.lookup import by_receipt, locked, locked_by_receipt
from intake.settings import settings
from intake.storage import AREAS, files, partial
from intake.submissions import draft_photos
from intake.submissions.submit import SubmissionText, raw_words, set_details


# No repr, because the object contains a contributor's words, and a repr may end up in logs.
@dataclass(frozen=True, repr=False)
class DraftWords:
    """Text fields of a draft as they were typed. They are validated when the draft is sent."""

    title: str = ""
    body: str = ""
    format: str = "plain"
    language: str = UNTOLD
    section: str = ""
    print_name: str = ""
    contact: str = ""
    embargo_until: str = ""


Captions = dict[str, dict[str, str]]
"""Id of a photo → {"caption", "credit"} as they were typed."""
NO_CAPTION = {"caption": "", "credit": ""}


def begin(session: Session, receipt: str, key: bytes, signals: Iterable[str] = ()) -> Submission:
    """Create an empty draft with this receipt (in canonical form), and return it.

    A second call returns what the first has created, which may have been sent.

    `key` will encrypt its words and files. `signals` are signs of a bot or a person in the request.
    """
    if found := by_receipt(session, receipt):
        return found
    submission = Submission(
        id=uuid.uuid4(),
        status=UNSENT,
        receipt_hash=receipts.hashed(receipt),
        language=OTHER,
        section="",
        consent_version="",
        signals=list(signals),
    )
    submission.wrap(key, receipt)
    session.add(submission)
    session.flush()
    empty = asdict(DraftWords()) | {"photos": {}, "document": None}
    session.add(Revision(submission_id=submission.id, number=0, sealed=_sealed(submission, empty)))
    return submission


def locked_draft(session: Session, receipt: str) -> Submission:
    """Return the draft with this receipt under a row lock. Raises NotFound, also if it was sent."""
    submission = locked_by_receipt(session, receipt)
    if submission.status != UNSENT:
        raise NotFound
    return submission


def opened(session: Session, receipt: str) -> Submission:
    """Return the draft with this receipt, to read. Raises NotFound, also if it was sent."""
    submission = by_receipt(session, receipt)
    if submission is None or submission.status != UNSENT:
        raise NotFound
    return submission


def locked_by_id(session: Session, submission_id: uuid.UUID, key: bytes) -> Submission:
    """Return the draft with this id and key under a row lock. Raises NotFound, also if it was sent."""
    submission = locked(session, submission_id)
    if submission.status != UNSENT:
        raise NotFound
    submission.open_with(key=key)
    return submission


def by_id(session: Session, submission_id: uuid.UUID, key: bytes) -> Submission:
    """Return the draft with this id and key. Raises NotFound, also if it was sent."""
    submission = session.get(Submission, submission_id)
    if submission is None or submission.status != UNSENT:
        raise NotFound
    submission.open_with(key=key)
    return submission


def words(session: Session, submission: Submission) -> DraftWords:
    """Return the text fields of a draft."""
    stored = _load(session, submission)
    return DraftWords(**{one.name: stored[one.name] for one in fields(DraftWords)})


def captions(session: Session, submission: Submission) -> Captions:
    """Return captions and credits of the photos of a draft. Photos without them are left out."""
    found: Captions = _load(session, submission)["photos"]
    return found


def document(session: Session, submission: Submission) -> str | None:
    """Return the ending of the document's file name, such as `.odt`, or None without a document."""
    ending: str | None = _load(session, submission)["document"]
    return ending


def save(
    session: Session, receipt: str, typed: DraftWords, photos: Captions, version: int, page: str = ""
) -> Submission:
    """Store words and captions that were typed into the draft's `version` on the page with the token `page`.

    `photos` may leave out photos, whose captions then stay. Saving the same words again changes nothing, because a browser
    sends them again when a page is reloaded. Raises NotFound, or StaleDraft if another page has saved since.
    """
    submission = locked_draft(session, receipt)
    stored = _load(session, submission)
    known = {str(photo.id) for photo in submission.photos}
    captions = stored["photos"] | {key: value for key, value in photos.items() if key in known}
    words = asdict(typed) | {"photos": captions}
    digest = _digest(words)
    if stored | words == stored or (version != submission.version and digest in stored.get("seen", [])):
        return submission
    if version != submission.version and (not page or page != stored.get("page")):
        raise StaleDraft
    seen = [*stored.get("seen", []), _digest({key: stored[key] for key in words}), digest][-_MOST_SEEN:]
    _store(session, submission, stored | words | {"page": page, "seen": seen})
    submission.touch()
    submission.version += 1
    return submission


_MOST_SEEN = 400


def _digest(words: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:16]


def document_upload(session: Session, submission: Submission) -> str | None:
    """Return the id of the upload by which the document arrived, or None."""
    upload: str | None = _load(session, submission).get("document_upload")
    return upload


def set_document(session: Session, submission: Submission, ending: str | None, upload: str = "") -> None:
    """Record that a document is stored, with the ending of its file name, or that there is none any more.

    `upload` is the id of the upload by which it arrived.
    """
    changed = {"document": ending, "document_upload": upload}
    _store(session, submission, _load(session, submission) | changed)
    submission.has_document = ending is not None
    submission.touch()


def send(
    session: Session, receipt: str, text: SubmissionText, agreed: Consent, signals: Iterable[str] = ()
) -> Submission:
    """Send a draft to the desk. `text` has its words after validation, and `agreed` the consent text.

    `signals` are signs of a bot or a person in this request. They are added to those that `begin` stored.

    Raises NotFound if there is no draft with this receipt, also if it was sent before.
    """
    submission = locked_draft(session, receipt)
    stored, revision = _load(session, submission), _revision(session, submission)
    photos = draft_photos.shown(submission)
    captions = {str(photo.id): stored["photos"].get(str(photo.id), NO_CAPTION) for photo in photos}
    raw = raw_words(text, captions, stored["document"])
    revision.sealed = submission.seal(raw, "revision 0")
    submission.agree(agreed)
    submission.signals = [*submission.signals, *signals]
    submission.arrive()
    set_details(submission, text)
    draft_photos.number(submission)
    submission.move("send", photos=len(photos))
    return submission


def expired(session: Session, kept: timedelta) -> list[uuid.UUID]:
    """Return the ids of drafts that were last changed longer than `kept` ago."""
    query = select(Submission.id).where(Submission.status == UNSENT, Submission.has_waited(kept))
    return list(session.scalars(query))


def delete_draft(submission_id: uuid.UUID) -> bool:
    """Delete a draft: its rows and with them its key, then its files, which nobody can read any more.

    Returns False if it was sent or deleted meanwhile.
    """
    with transaction() as session:
        deleted = _delete_rows(session, submission_id)
    if deleted:
        for area in AREAS:
            files().delete_all(area, str(submission_id))
        partial.delete_all(settings().uploads_dir, str(submission_id))
    return deleted


def _delete_rows(session: Session, submission_id: uuid.UUID) -> bool:
    submission = session.get(Submission, submission_id, with_for_update=True, populate_existing=True)
    if submission is None or submission.status != UNSENT:
        return False
    session.expunge(submission)
    for before in (SubmissionKey, Job):
        session.execute(delete(before).where(before.submission_id == submission_id))
    linking.delete_of_draft(session, submission_id)
    for after in (Photo, Revision):
        session.execute(delete(after).where(after.submission_id == submission_id))
    session.execute(delete(Submission).where(Submission.id == submission_id))
    session.add(Deletion())
    return True


def _revision(session: Session, submission: Submission) -> Revision:
    return session.scalars(
        select(Revision).where(Revision.submission_id == submission.id, Revision.number == 0)
    ).one()


def _load(session: Session, submission: Submission) -> dict[str, Any]:
    sealed = _revision(session, submission).sealed
    assert sealed is not None  # noqa: S101 - a constraint of the table: revision 0 is sealed
    stored: dict[str, Any] = json.loads(submission.unseal(sealed, "revision 0"))
    return stored


def _store(session: Session, submission: Submission, stored: dict[str, Any]) -> None:
    _revision(session, submission).sealed = _sealed(submission, stored)


def _sealed(submission: Submission, stored: dict[str, Any]) -> bytes:
    return submission.seal(json.dumps(stored, ensure_ascii=False), "revision 0")
