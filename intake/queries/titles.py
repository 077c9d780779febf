"""What submissions are called."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from intake.models import Revision, Submission

UNTITLED = "Without a title"


def titles(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The title of the newest text of each; those that cannot be read, not yet or not any more, are left out."""
    if not ids:
        return {}
    newest = (
        select(Revision.submission_id, Revision.title)
        .join(Submission, Submission.id == Revision.submission_id)
        .where(Revision.submission_id.in_(ids), Revision.number > 0, Submission.status != "purged")
        .ext(distinct_on(Revision.submission_id))
        .order_by(Revision.submission_id, Revision.number.desc())
    )
    return {ident: title or UNTITLED for ident, title in session.execute(newest)}
