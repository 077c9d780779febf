"""Store cleaned texts and photos. The last cleaning job to finish moves the submission to review."""

import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.models import Answer, Editor, Photo, Revision, Submission, contribution_time, record
from intake.models.lookup import locked
from intake.originals import keeping
from intake.photos.notes import Notes
from intake.photos.refusal import PhotoRefused
from intake.queue.search_index import index
from intake.retention import day_words
from intake.review.revision_fields import current_fields, to_json
from intake.submissions import pages
from intake.submissions.submit import PhotoDraft, add_photo
from intake.submissions.suspicion import examination
from intake.submissions.suspicion.traits import Traits

if TYPE_CHECKING:
    from intake.photos import CleanPhoto


GIVEN_UP = "could_not_be_processed"
"""Refusal reason of a photo whose cleaning job an admin discarded."""


@dataclass(frozen=True, repr=False)
class CleanWords:
    """Contributor's texts after cleaning. `photos` maps photo ids to (caption, credit).

    `language` is the language to store, or "" if the texts do not change it.
    `pictures` are the pictures of a document, stored in quarantine. They become photos of the submission.
    `traits` tell whether a bot may have sent a submission. They are None for an answer, which is never suspicious.
    """

    title: str
    html: str
    words: int
    print_name: str
    photos: dict[str, tuple[str, str]]
    report: dict[str, Any]
    language: str = ""
    pictures: list[PhotoDraft] = field(default_factory=list)
    traits: Traits | None = None


@dataclass(frozen=True, repr=False)
class RawWords:
    """Contributor's original texts, as the JSON object that NewSubmission.raw serialized, and the key of the files."""

    words: dict[str, Any]
    key: bytes


def raw_words(session: Session, submission_id: uuid.UUID) -> RawWords | None:
    """Return the contributor's original texts.

    Returns None if the texts are cleaned already, or if the submission is withdrawn or purged.

    Raises NotFound.
    """
    submission = session.get(Submission, submission_id)
    raw = _revision(session, submission_id, 0)
    if submission is None or raw is None or raw.sealed is None:
        raise NotFound
    if submission.status in GONE or _revision(session, submission_id, 1):
        return None
    return RawWords(json.loads(submission.unseal(raw.sealed, "revision 0")), submission.key)


def text_cleaned(session: Session, submission_id: uuid.UUID, clean: CleanWords) -> None:
    """Store the cleaned texts as revision 1.

    A second call does nothing, because a worker may repeat the job.
    """
    submission = locked(session, submission_id)
    if submission.status in GONE or _revision(session, submission_id, 1):
        return
    submission.print_name = clean.print_name or None
    submission.language = clean.language or submission.language
    submission.flagged |= any(clean.report.get(key) for key in ("flags", "fallback", "document_refused"))
    submission.has_document = False
    if clean.traits:
        examination.examine(session, submission, clean.traits)
    name_photos(submission, clean)
    session.add(
        Revision(
            submission_id=submission.id,
            number=1,
            title=clean.title,
            html=clean.html,
            words=clean.words,
            report=clean.report,
            details=to_json(current_fields(submission)),
        )
    )
    index(session, submission)
    record(session, "text.clean", submission, **clean.report)
    # The text refers to the pictures of the document by photo numbers that follow those of the uploaded photos.
    pages.make_room(submission, len(clean.photos), len(clean.pictures))
    for position, picture in enumerate(clean.pictures, start=len(clean.photos) + 1):
        add_photo(session, submission, picture, position)
    open_review(session, submission)


def name_photos(submission: Submission, clean: CleanWords) -> None:
    """Set captions and credits of the photos in `clean.photos`. Further pages without a caption get that of the first.

    Other photos do not change.
    """
    words = dict(clean.photos)
    for photo in submission.photos:
        if str(photo.id) in clean.photos:
            following = pages.page_of(photo.notes).following
            others = {str(pages.photo_id(photo.id, number)): words[str(photo.id)] for number in following}
            words = others | words
    for photo in submission.photos:
        if str(photo.id) in words:
            caption, credit = words[str(photo.id)]
            photo.caption, photo.credit = caption or None, credit or None


@dataclass(frozen=True, repr=False)
class RawPhoto:
    """Photo, the key of its files (None if cleaning is over), and how many pages its file may have."""

    photo: Photo
    key: bytes | None
    max_pages: int


def raw_photo(session: Session, photo_id: uuid.UUID) -> RawPhoto:
    """Return a photo with the key and the limit that its cleaning needs. Raises NotFound."""
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise NotFound
    submission = photo.submission
    waits = photo.status == "received" and submission.status not in GONE
    return RawPhoto(photo, submission.key if waits else None, pages.room(submission))


def photo_cleaned(
    session: Session, photo_id: uuid.UUID, clean: "CleanPhoto", sealing: keeping.Sealing | None = None
) -> bool:
    """Record that the clean copies of a photo, and the originals of the further pages of its file, are stored.

    `sealing` has name, key and shares of the photo's sealed original, if it is to be kept. Returns False if the photo was
    refused or purged in the meantime: the caller must then delete the files. Raises PhotoRefused (too_many_pages) if other
    files have used up the number of photos that a submission may have.
    """
    photo, submission = _locked_photo(session, photo_id)
    if photo.status != "received":
        return photo.status == "clean"
    page = pages.page_of(clean.notes)
    if page.following and page.total > pages.room(submission):
        raise PhotoRefused("too_many_pages", notes={"pages": page.total})
    photo.status, photo.original_key = "clean", None
    photo.full_key, photo.web_key, photo.thumb_key = (
        photo.clean_name(size) for size in ("full", "web", "thumb")
    )
    photo.format, photo.width, photo.height = clean.format, clean.width, clean.height
    photo.removed, photo.notes = clean.removed, clean.notes
    submission.photo_count += 1
    until = keeping.keep(session, photo, sealing)
    facts: dict[str, Any] = {"kept_until": day_words(until)} if until else {}
    record(session, "photo.clean", submission, photo=photo, **facts)
    pages.add_following(session, photo)
    open_review(session, submission)
    return True


def photo_refused(session: Session, photo_id: uuid.UUID, reason: str, notes: Notes) -> None:
    """Record that cleaning refused a photo. The submission continues without the photo.

    `reason` is a code of intake/photos/refusal.py.
    """
    photo = _refuse(session, photo_id, reason)
    if photo is not None:
        photo.notes = notes
        record(session, "photo.refused", photo.submission, photo=photo, reason=reason)
        open_review(session, photo.submission)


def photo_given_up(session: Session, photo_id: uuid.UUID, admin: Editor | None) -> None:
    """Refuse a photo whose cleaning job an admin discarded.

    The job of the event `photo.given_up` destroys the original.
    """
    photo = _refuse(session, photo_id, GIVEN_UP)
    if photo is not None:
        record(session, "photo.given_up", photo.submission, photo=photo, actor=admin, reason=GIVEN_UP)
        open_review(session, photo.submission)


def _refuse(session: Session, photo_id: uuid.UUID, reason: str) -> Photo | None:
    photo, submission = _locked_photo(session, photo_id)
    if photo.status != "received":
        return None
    photo.status, photo.original_key, photo.reason = "refused", None, reason
    photo.original_until = None
    submission.flagged = True
    return photo


def _locked_photo(session: Session, photo_id: uuid.UUID) -> tuple[Photo, Submission]:
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise NotFound
    submission = locked(session, photo.submission_id)
    session.refresh(photo)
    return photo, submission


def _revision(session: Session, submission_id: uuid.UUID, number: int) -> Revision | None:
    return session.scalar(
        select(Revision).where(Revision.submission_id == submission_id, Revision.number == number)
    )


def open_review(session: Session, submission: Submission) -> None:
    """Move a submission to review once its text and answers are cleaned, and no photo waits for cleaning.

    Call this under the submission's row lock. If two jobs finish at once, the second then sees the result of
    the first.
    """
    session.flush()
    here = submission.id
    photos = select(func.count()).where(Photo.submission_id == here, Photo.status == "received")
    answers = select(func.count()).where(Answer.submission_id == here, Answer.screened_at.is_(None))
    waiting = (session.scalar(photos) or 0) + (session.scalar(answers) or 0)
    if submission.status == "received" and not waiting and _revision(session, here, 1):
        submission.screened_at = submission.screened_at or contribution_time.now()
        submission.move("screen")
