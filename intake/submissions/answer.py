"""Answers of contributors to a request for changes."""

import json
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.errors import AlreadySubmitted, EmptyAnswer
from intake.models import Answer, Photo, Revision, Submission, record
from intake.models.lookup import locked_by_receipt
from intake.originals import keeping
from intake.retouches.request import cancel_pending_retouches
from intake.submissions.removal import blank_photo
from intake.submissions.submit import PhotoDraft, add_photo
from intake.text.editable import is_unchanged


# No repr, because the object contains a contributor's text, and a repr may end up in logs.
@dataclass(frozen=True, repr=False)
class AnswerDraft:
    """Answer as a form or the API sent it, before cleaning.

    An empty title or body means no change. `left_out` contains the positions of earlier photos to delete.
    """

    token_hash: bytes
    message: str = ""
    title: str = ""
    body: str = ""
    format: str = "plain"
    photos: list[PhotoDraft] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()

    def raw(self) -> str:
        """Serialize the contributor's texts as one JSON document, to be encrypted."""
        return json.dumps(
            {
                "title": self.title,
                "body": self.body,
                "format": self.format,
                "message": self.message,
                "photos": {str(p.id): {"caption": p.caption, "credit": p.credit} for p in self.photos},
            },
            ensure_ascii=False,
        )


def answer(session: Session, receipt: str, draft: AnswerDraft) -> Answer:
    """Store an answer. Photos in `left_out` are blanked at once. Texts and new photos wait for cleaning.

    Raises NotFound, AlreadySubmitted if the token was used before, IllegalMove if no changes are requested,
    or EmptyAnswer.
    """
    submission = locked_by_receipt(session, receipt)
    if session.scalar(select(Answer.id).where(Answer.token_hash == draft.token_hash)):
        raise AlreadySubmitted
    lifecycle.target_status("answer", submission.status)
    draft = _without_unchanged(session, submission, draft)
    if _is_empty(draft):
        raise EmptyAnswer
    kept = Answer(submission_id=submission.id, token_hash=draft.token_hash, sealed=b"")
    session.add(kept)
    session.flush()
    kept.sealed = submission.seal(draft.raw(), sealing_name(kept))
    left_out = _leave_out(session, submission, draft.left_out)
    record(session, "answer.received", submission, photos=len(draft.photos), left_out=left_out)
    _add_photos(session, submission, draft.photos)
    submission.move("answer")
    return kept


def sealing_name(kept: Answer) -> str:
    """Return the field name with which an answer is encrypted (Submission.seal)."""
    return f"answer {kept.id}"


def _without_unchanged(session: Session, submission: Submission, draft: AnswerDraft) -> AnswerDraft:
    """Return the draft with an empty title or body where the contributor did not change it.

    An unchanged body that is cleaned again as plain text would lose the editors' formatting.
    """
    of_it = select(Revision).where(Revision.submission_id == submission.id)
    newest = session.scalars(of_it.order_by(Revision.number.desc()).limit(1)).one()
    return replace(
        draft,
        title="" if draft.title.strip() == newest.title else draft.title,
        body="" if is_unchanged(newest.html or "", draft.body) else draft.body,
    )


def _is_empty(draft: AnswerDraft) -> bool:
    words = (draft.message, draft.title, draft.body)
    photos = [photo for photo in draft.photos if not photo.reason]
    return not (any(one.strip() for one in words) or photos or draft.left_out)


def _leave_out(session: Session, submission: Submission, positions: frozenset[int]) -> int:
    """Blank photos that the contributor no longer wants. Returns the number of blanked photos.

    The photos are blanked at once, so that no editor sees them any more.
    The job of the event `photo.left_out` deletes the files.
    """
    gone = [p for p in submission.photos if p.position in positions and p.status in {"clean", "refused"}]
    for photo in gone:
        submission.photo_count -= photo.status == "clean"
        keeping.destroy_of(session, photo)
        blank_photo(photo)
        cancel_pending_retouches(session, submission, photo)
        record(session, "photo.left_out", submission, photo=photo)
    return len(gone)


def _add_photos(session: Session, submission: Submission, drafts: list[PhotoDraft]) -> None:
    last = session.scalar(select(func.max(Photo.position)).where(Photo.submission_id == submission.id)) or 0
    for position, draft in enumerate(drafts, start=last + 1):
        add_photo(session, submission, draft, position)


def was_answered(session: Session, token_hash: bytes) -> bool:
    """Return whether an answer with this token was stored."""
    return session.scalar(select(Answer.id).where(Answer.token_hash == token_hash)) is not None
