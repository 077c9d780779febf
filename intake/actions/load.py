"""Loading a submission to change it: under a row lock, and against the version a page was made on."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import receipts
from intake.errors import NotFound, StaleRevision
from intake.models import Submission


def locked(session: Session, submission_id: uuid.UUID) -> Submission:
    """The submission as it stands now, under a row lock until the transaction ends; NotFound."""
    submission = session.get(Submission, submission_id, with_for_update=True, populate_existing=True)
    if submission is None:
        raise NotFound
    return submission


def locked_at(session: Session, submission_id: uuid.UUID, version: int) -> Submission:
    """As `locked`; StaleRevision if it has changed since `version`."""
    submission = locked(session, submission_id)
    if submission.version != version:
        raise StaleRevision
    return submission


def locked_by_receipt(session: Session, receipt: str) -> Submission:
    """As `locked`, of a canonical receipt."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if submission is None:
        raise NotFound
    return submission
