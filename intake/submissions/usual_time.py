"""Usual time from arrival to decision, from the decisions of the last half year."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Decision, Submission

FEWEST = 20
"""Minimum number of decisions for a median. With fewer, the median could reveal when a single one was made."""
LATELY = timedelta(days=180)
FINAL = ("accept", "reject")


def days(session: Session, section: str) -> int | None:
    """Return the number of days within which half of the submissions in a section were decided. None for too few.

    A decision on the day of the arrival counts as one day. Spam does not count.
    """
    spent = func.date(Decision.decided_at) - func.date(Submission.received_at)
    decided = (
        select(func.percentile_disc(0.5).within_group(spent), func.count())
        .join(Submission, Submission.id == Decision.submission_id)
        .where(
            Submission.section == section,
            Decision.state == "standing",
            Decision.verdict.in_(FINAL),
            Decision.decided_at > func.now() - LATELY,
        )
    )
    half, number = session.execute(decided).one()
    return max(1, int(half)) if number >= FEWEST else None
