"""Submissions that a restore brought back, although they were deleted after the backup was made."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.db import transaction
from intake.models import Submission
from intake.models.lookup import locked
from intake.submissions import draft, removal


def present(session: Session) -> list[uuid.UUID]:
    """Return the ids of all submissions and drafts that are not deleted."""
    return list(
        session.scalars(select(Submission.id).where(Submission.status != "purged").order_by(Submission.id))
    )


def purge(gone: Collection[uuid.UUID]) -> None:
    """Delete the rows of restored submissions whose keys are destroyed. Their files were not restored.

    A submission whose status does not allow a purge is marked as withdrawn first, and gets the event for that.
    """
    for submission_id in gone:
        if draft.delete_draft(submission_id):
            continue
        with transaction() as session:
            submission = locked(session, submission_id)
            if not lifecycle.can_move("purge", submission.status):
                submission.move("withdraw")
            removal.purge(session, submission_id)
            removal.forget_rest(session, submission_id)
