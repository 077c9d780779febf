"""Withdrawal and purge of submissions."""

import uuid
from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.audit.linking import forget_details
from intake.decisions.settle import cancel_pending
from intake.models import (
    Answer,
    BatchItem,
    ChecklistTick,
    Decision,
    Deletion,
    Draft,
    FaceSearch,
    Job,
    LegalHold,
    LinkKey,
    Message,
    Note,
    Notification,
    Opening,
    Photo,
    Presence,
    PublicationNote,
    ReadingLink,
    Retouch,
    Revision,
    SealedOriginal,
    SearchEntry,
    Submission,
    SubmissionKey,
    contribution_time,
)
from intake.models.job import ACTIVE_STATUSES
from intake.models.lookup import locked, locked_by_receipt
from intake.models.photo import BASE, SIZES
from intake.models.submission import EMPTIED
from intake.notifications.notify import notify
from intake.originals import keeping
from intake.queue.claims import claim_holder
from intake.retouches.request import cancel_pending_retouches
from intake.review.translations import unlink_all
from intake.submissions.submit import document_file


def withdraw(session: Session, receipt: str) -> Submission:
    """Withdraw the submission with this canonical receipt, and notify the editor who has claimed it, and its assignee.

    Raises NotFound, or IllegalMove if the submission is published, withdrawn or purged.
    """
    submission = locked_by_receipt(session, receipt)
    having = claim_holder(session, submission)
    submission.move("withdraw")
    for editor_id in {having.id if having else None, submission.assigned_to}:
        if editor_id is not None:
            notify(session, editor_id, submission, "withdrawn")
    cancel_pending(session, submission)
    cancel_pending_retouches(session, submission)
    keeping.destroy_all(session, submission)
    return submission


def destroy_keys(session: Session, submission_id: uuid.UUID) -> None:
    """Destroy the wrapped keys of a submission. Commit this before anything else of a purge.

    Afterwards, texts and files that a fault leaves behind cannot be decrypted. Does nothing if already purged.
    Raises NotFound, or IllegalMove from a status that must not be purged.
    """
    submission = locked(session, submission_id)
    if submission.status == "purged":
        return
    lifecycle.target_status("purge", submission.status)
    for keys in (SubmissionKey, SealedOriginal, LinkKey):
        session.execute(delete(keys).where(keys.submission_id == submission_id))
    session.add(Deletion())


def purge(session: Session, submission_id: uuid.UUID) -> None:
    """Destroy the keys of a submission, delete its texts, and blank its rows of revisions, photos and decisions.

    The submission's number, day and outcome stay. Does nothing if it is purged already. Raises NotFound, or IllegalMove
    from a status that must not be purged.
    """
    destroy_keys(session, submission_id)
    submission = locked(session, submission_id)
    if submission.status == "purged":
        return
    for revision in submission.revisions:
        _blank_revision(revision)
    for photo in submission.photos:
        blank_photo(photo)
    _delete_texts(session, submission)
    _blank_decisions(session, submission)
    unlink_all(session, submission)
    for column in (*EMPTIED, *MOMENTS):
        setattr(submission, column, None)
    submission.tags_sealed, submission.tag_terms = b"", []
    submission.signals, submission.has_document = [], False
    submission.consent_version = submission.consent_language = submission.consent_text = ""
    submission.priority, submission.flagged, submission.photo_count = "normal", False, 0
    submission.move("purge")
    forget_details(session, submission_id)


MOMENTS = ("claimed_by", "claimed_until", "settles_at", "screened_at", "published_at", "corrected_at")
"""Columns that show exactly when editors acted, or who claimed the submission."""


def _delete_texts(session: Session, submission: Submission) -> None:
    """Delete all rows that may quote the text, or that show who did something at which time.

    Retouches and searches for faces show where faces were. Openings have the reason why somebody opened an original.
    """
    here = submission.id
    written_here = (
        Answer, BatchItem, Note, ReadingLink, Message, Draft, Presence, FaceSearch, Retouch, SearchEntry, ChecklistTick,
        PublicationNote, LegalHold, Opening,
    )  # fmt: skip
    for written in written_here:
        session.execute(delete(written).where(written.submission_id == here))
    # Keep notifications that the submission was withdrawn, for the editors who work on it. Their times are coarse.
    told = (Notification.submission_id == here) & (Notification.kind != "withdrawn")
    session.execute(delete(Notification).where(told))


def _blank_decisions(session: Session, submission: Submission) -> None:
    """Empty the messages of decisions, and round their times down to the precision of the setting. The verdicts stay.

    Messages become empty instead of NULL, because a request for changes must have a message.
    """
    here = Decision.submission_id == submission.id
    session.execute(
        update(Decision).where(here, Decision.message_sealed.is_not(None)).values(message_sealed=b"")
    )
    coarse = contribution_time.to_grain(Decision.decided_at.expression)
    session.execute(update(Decision).where(here).values(decided_at=coarse, settles_at=None, batch_id=None))


def forget_rest(session: Session, submission_id: uuid.UUID) -> None:
    """Delete the rows of a purged submission's photos and jobs. Call this after its files are deleted.

    The job that purges it stays until it has ended.
    """
    is_purge = Job.kind == "submission.purge"
    session.execute(
        delete(Job).where(
            Job.submission_id == submission_id, ~is_purge | Job.status.in_(("dead", "discarded"))
        )
    )
    session.execute(delete(Photo).where(Photo.submission_id == submission_id))
    session.add(Deletion())


def unfinished(session: Session) -> list[uuid.UUID]:
    """Return the ids of submissions whose purge was begun or is due, and that no job purges.

    Includes purges by earlier versions of Transom, which did not delete the rows of photos.
    """
    at_work = (
        exists()
        .where(Job.submission_id == Submission.id, Job.kind == "submission.purge", Job.status.in_(ACTIVE_STATUSES))
        .correlate(Submission)
    )  # fmt: skip
    rest = exists().where(Photo.submission_id == Submission.id).correlate(Submission)
    begun = (Submission.status == "withdrawn") | ((Submission.status == "purged") & rest)
    return list(session.scalars(select(Submission.id).where(begun, ~at_work)))


def forget_ended(session: Session, receipts_after: timedelta) -> None:
    """Delete the jobs of ended purges, and the receipts of submissions that were purged longer than `receipts_after` ago.

    A job is deleted once its times are coarse (jobs/coarsening.py): by then, the statistics of queues have counted it.
    """
    over = (Job.kind == "submission.purge") & (Job.status == "done")
    session.execute(delete(Job).where(over, contribution_time.is_coarse(Job.finished_at.expression)))
    old = (Submission.status == "purged") & Submission.has_waited(receipts_after)
    forgotten = update(Submission).where(old, Submission.receipt_hash.is_not(None)).values(receipt_hash=None)
    session.execute(forgotten.execution_options(synchronize_session=False))


def _blank_revision(revision: Revision) -> None:
    if revision.number:
        revision.title_sealed = revision.html_sealed = b""
    else:
        revision.sealed = b""
    revision.note, revision.report, revision.details_sealed, revision.words = None, {}, b"", 0
    revision.created_at = contribution_time.to_grain(Revision.created_at.expression)


def blank_photo(photo: Photo) -> None:
    """Mark a photo as purged, and empty its file names, texts, crop, size and cleaning report."""
    photo.status = "purged"
    photo.original_key = photo.full_key = photo.web_key = photo.thumb_key = None
    photo.caption = photo.credit = photo.alt = photo.reason = photo.crop = photo.focus = None
    photo.format = photo.width = photo.height = None
    photo.removed = photo.notes = {}
    photo.original_until = None
    photo.featured = False


def photo_generations(session: Session, status: str) -> dict[uuid.UUID, int]:
    """Return {photo id: generation of its copies} of all photos with this status."""
    found = session.execute(select(Photo.id, Photo.generation).where(Photo.status == status))
    return {row.id: row.generation for row in found}


def documents(session: Session) -> dict[uuid.UUID, int]:
    """Return {id of the stored file: 0} of all documents that wait to be read."""
    return dict.fromkeys(session.scalars(select(Submission.id).where(Submission.has_document)), 0)


def needed_files(session: Session) -> list[str]:
    """Return the storage names of all files that submissions need.

    Documents and originals come first, because they are deleted soonest.
    """
    received = session.scalars(select(Photo).where(Photo.status == "received"))
    originals = [photo.quarantine_name for photo in received]
    clean = session.scalars(select(Photo).where(Photo.status == "clean").execution_options(yield_per=1000))
    copies = [
        photo.clean_name(size) for photo in clean for size in (*SIZES, *((BASE,) if photo.crop else ()))
    ]
    return [*map(document_file, documents(session)), *originals, *copies]
