"""Store a cleaned answer: its text becomes the next revision, and its message joins the conversation."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.messages.conversation import notify_asker, record_message
from intake.models import Answer, Message, Revision, Submission, contribution_time, record
from intake.models.lookup import locked
from intake.queue.search_index import index
from intake.review.revision_fields import current_fields, to_json
from intake.submissions.answer import sealing_name
from intake.submissions.screening import CleanWords, name_photos, open_review
from intake.text.placing import carried


@dataclass(frozen=True, repr=False)
class CleanAnswer:
    """Cleaned answer. `words.html` is empty if the text does not change. `message` is plain text."""

    words: CleanWords
    message: str


def raw_answer(session: Session, submission_id: uuid.UUID) -> tuple[int, dict[str, Any]] | None:
    """Return (id, original texts) of the answer that waits for cleaning, or None. Raises NotFound."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    if submission.status in GONE:
        return None
    kept = session.scalar(_waiting(submission_id).order_by(Answer.id).limit(1))
    return (kept.id, json.loads(submission.unseal(kept.sealed, sealing_name(kept)))) if kept else None


def answer_cleaned(session: Session, submission_id: uuid.UUID, answer_id: int, clean: CleanAnswer) -> None:
    """Store a cleaned answer. A second call does nothing, because a worker may repeat the job."""
    submission = locked(session, submission_id)
    kept = session.get_one(Answer, answer_id, populate_existing=True)
    if submission.status in GONE or kept.screened_at:
        return
    kept.screened_at = session.scalars(select(contribution_time.now())).one()
    name_photos(submission, clean.words)
    revision = _next_revision(session, submission, clean.words)
    kept.revision_id = revision.id if revision else None
    submission.flagged |= bool(clean.words.report.get("flags") or clean.words.report.get("fallback"))
    index(session, submission)
    record(session, "text.clean", submission, **clean.words.report)
    if clean.message:
        record_message(session, submission, Message(submission_id=submission.id, body=clean.message))
    notify_asker(session, submission)
    open_review(session, submission)


def _next_revision(session: Session, submission: Submission, words: CleanWords) -> Revision | None:
    """Add a revision with the answer's changes. Returns None if neither text nor photos changed."""
    last = submission.revisions[-1]
    gone = {str(photo.id) for photo in submission.photos if photo.status == "purged"}
    left_out = any(one["id"] in gone for one in last.details.get("photos", ()))
    if not (words.title or words.html or words.photos or left_out):
        return None
    revision = Revision(
        submission_id=submission.id,
        number=last.number + 1,
        title=words.title or last.title,
        html=carried(last.html or "", words.html) if words.html else last.html,
        words=words.words if words.html else last.words,
        report=words.report,
        details=to_json(current_fields(submission)),
    )
    session.add(revision)
    session.flush()
    return revision


def _waiting(submission_id: uuid.UUID) -> Any:
    return select(Answer).where(Answer.submission_id == submission_id, Answer.screened_at.is_(None))
