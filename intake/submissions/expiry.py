"""Deletion by age: whole submissions, or contact details and messages of accepted ones. Each is counted for the report."""

import uuid

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from intake.lifecycle import can_move
from intake.models import Answer, Message, Submission, record
from intake.models.lookup import locked
from intake.retention import due, holds, report, rule_of, steps
from intake.submissions import removal


def expire(session: Session, submission_id: uuid.UUID, found: steps.Steps) -> bool:
    """Delete a submission, or its contact and messages, if due. Returns whether all was deleted, so that files can follow.

    Does nothing if the submission is not due any more, because of a legal hold or another decision.
    """
    submission = locked(session, submission_id)
    rule = rule_of(submission.status)
    if rule is None or not due.is_due(session, submission, found):
        return False
    days = steps.of(found, rule, submission.section)[0].days
    if rule.whole:
        record(session, "retention.period_over", submission, days=days)
        _purge(session, submission)
    else:
        report.count(session, submission.status, submission.section, "contact")
        _delete_contact(session, submission)
        record(session, "retention.contact_deleted", submission, days=days)
    return rule.whole


def begin_purge(session: Session, submission_id: uuid.UUID) -> bool:
    """Destroy the keys of a submission that its contributor withdrew. Commit this before `finish_purge`.

    Returns False and destroys nothing under a legal hold. Raises NotFound, or IllegalMove from a status that must not be
    purged.
    """
    submission = locked(session, submission_id)
    is_begun = submission.status == "purged" or not submission.keys
    if not is_begun and holds.held_until(session, submission_id):
        return False
    removal.destroy_keys(session, submission_id)
    return True


def finish_purge(session: Session, submission_id: uuid.UUID) -> None:
    """Purge a submission whose keys are destroyed. Does nothing if that is done already."""
    submission = locked(session, submission_id)
    if submission.status != "purged":
        _purge(session, submission)


def _purge(session: Session, submission: Submission) -> None:
    if can_move("purge", submission.status):
        report.count(session, submission.status, submission.section, "submission")
    removal.purge(session, submission.id)


def _delete_contact(session: Session, submission: Submission) -> None:
    """Delete the contact, and the contributor's messages and original answers. Messages of editors stay."""
    submission.contact = None
    here = submission.id
    session.execute(delete(Message).where(Message.submission_id == here, Message.editor_id.is_(None)))
    session.execute(update(Answer).where(Answer.submission_id == here).values(sealed=b""))
