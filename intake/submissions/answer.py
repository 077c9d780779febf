"""A contributor answers when asked for changes: the same submission comes back."""

import json
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.errors import AlreadySubmitted, EmptyAnswer
from intake.models import Answer, Photo, Revision, Submission, record
from intake.models.lookup import locked_by_receipt
from intake.retouches.request import cancel_pending_retouches
from intake.submissions.removal import blank_photo
from intake.submissions.submit import PhotoDraft, add_photo
from intake.text.offer import unchanged


# No repr: it holds a contributor's words, and a repr ends up in logs.
@dataclass(frozen=True, repr=False)
class AnswerDraft:
    """What a form or the API sent, unclean; an empty title or body leaves that of the text as it is.

    `left_out` are positions of photos that were sent before and shall go.
    """

    token_hash: bytes
    message: str = ""
    title: str = ""
    body: str = ""
    format: str = "plain"
    photos: list[PhotoDraft] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()

    def raw(self) -> str:
        """The words as one JSON document, to be sealed."""
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
    """Take an answer in: the photos left out are gone at once, the rest waits to be cleaned.

    NotFound; AlreadySubmitted for a token that was used before; IllegalMove where nobody asks for changes; EmptyAnswer.
    """
    submission = locked_by_receipt(session, receipt)
    if session.scalar(select(Answer.id).where(Answer.token_hash == draft.token_hash)):
        raise AlreadySubmitted
    lifecycle.target("answer", submission.status)
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
    """Under which name its words are sealed."""
    return f"answer {kept.id}"


def _without_unchanged(session: Session, submission: Submission, draft: AnswerDraft) -> AnswerDraft:
    """Less what came back as it was offered: read again as plain text, it would lose what editors made of it."""
    newest = select(Revision.title, Revision.html).where(Revision.submission_id == submission.id)
    title, html = session.execute(newest.order_by(Revision.number.desc()).limit(1)).one()
    return replace(
        draft,
        title="" if draft.title.strip() == title else draft.title,
        body="" if unchanged(html or "", draft.body) else draft.body,
    )


def _is_empty(draft: AnswerDraft) -> bool:
    words = (draft.message, draft.title, draft.body)
    photos = [photo for photo in draft.photos if not photo.reason]
    return not (any(one.strip() for one in words) or photos or draft.left_out)


def _leave_out(session: Session, submission: Submission, positions: frozenset[int]) -> int:
    """Their sender wants them gone: not one more editor shall see them. The job of the event deletes the files."""
    gone = [p for p in submission.photos if p.position in positions and p.status in {"clean", "refused"}]
    for photo in gone:
        submission.photo_count -= photo.status == "clean"
        blank_photo(photo)
        cancel_pending_retouches(session, submission, photo)
        record(session, "photo.left_out", submission, photo=photo)
    return len(gone)


def _add_photos(session: Session, submission: Submission, drafts: list[PhotoDraft]) -> None:
    last = session.scalar(select(func.max(Photo.position)).where(Photo.submission_id == submission.id)) or 0
    for position, draft in enumerate(drafts, start=last + 1):
        add_photo(session, submission, draft, position)


def was_answered(session: Session, token_hash: bytes) -> bool:
    """Whether an answer was taken with this token."""
    return session.scalar(select(Answer.id).where(Answer.token_hash == token_hash)) is not None
