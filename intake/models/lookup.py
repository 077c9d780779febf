"""Load submissions by id or receipt, with a row lock, or only at an expected version."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from intake import receipts
from intake.errors import NotFound, StaleRevision
from intake.models import Revision, Submission
from intake.models.sealing.key_ring import ring_of


def locked(session: Session, submission_id: uuid.UUID) -> Submission:
    """Return the current submission under a row lock, held until the transaction ends. Raises NotFound."""
    submission = session.get(Submission, submission_id, with_for_update=True, populate_existing=True)
    if submission is None:
        raise NotFound
    return submission


def locked_at(session: Session, submission_id: uuid.UUID, version: int) -> Submission:
    """Return the submission under a row lock.

    Raises NotFound, or StaleRevision if the submission's version is not `version`.
    """
    submission = locked(session, submission_id)
    if submission.version != version:
        raise StaleRevision
    return submission


def locked_by_receipt(session: Session, receipt: str) -> Submission:
    """Return the submission with this receipt (in canonical form) under a row lock. Raises NotFound."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.receipt_hash == receipts.hashed(receipt))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if submission is None:
        raise NotFound
    submission.open_with(receipt=receipt)
    submission.wrap_for(receipt)
    return submission


def newest_texts(ids: Sequence[uuid.UUID] | BindParameter[uuid.UUID], *wanted: Any) -> Select[Any]:
    """Build a query for the columns `wanted` of the newest cleaned revision of each submission.

    Revision 0 is left out, because it is encrypted and never shown.
    """
    return (
        select(*wanted)
        .where(Revision.submission_id.in_(ids), Revision.number > 0)
        .ext(distinct_on(Revision.submission_id))
        .order_by(Revision.submission_id, Revision.number.desc())
    )


UNTITLED = "Without a title"


def titles(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return {submission id: title of the newest revision}.

    Submissions whose text is not cleaned yet, or is purged, are left out.
    """
    if not ids:
        return {}
    newest = (
        newest_texts(ids, Revision.submission_id, Revision.number, Revision.title_sealed)
        .join(Submission, Submission.id == Revision.submission_id)
        .where(Submission.status != "purged")
    )
    ring_of(session).meet(ids)
    return {
        ident: Revision.title.opened(session, title, submission_id=ident, number=number) or UNTITLED
        for ident, number, title in session.execute(newest)
    }


def by_receipt(session: Session, receipt: str) -> Submission | None:
    """Return the submission with this receipt (in canonical form), which opens its key. Returns None if there is none."""
    submission = session.scalar(select(Submission).where(Submission.receipt_hash == receipts.hashed(receipt)))
    if submission is not None:
        submission.open_with(receipt=receipt)
    return submission
