"""Clearing of suspicious submissions (they are not spam), and selection of all that match filters."""

import uuid
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Editor, Submission, record
from intake.permissions.reach import reach_of
from intake.queue.filter_sql import filter_sql
from intake.queue.filters import Filters
from intake.settings import settings

LANE = "suspicious"
MOST = 2000
"""Largest number of submissions in one decision. The oldest come first."""


def newest_arrival(session: Session) -> int:
    """Return the number of the last arrival in the lane, or 0."""
    return session.scalar(select(func.max(Submission.arrival)).where(Submission.lane == LANE)) or 0


def matching(session: Session, filters: Filters, viewer: Editor, until: int) -> dict[uuid.UUID, int]:
    """Return {id: version} of the suspicious submissions that match. Empty if the filters have another lane or search words.

    `until` is `newest_arrival` of the page that the editor saw: what arrived since is left out.
    """
    if filters.lane != LANE or filters.q:
        return {}
    sql = filter_sql(filters, viewer.id, settings(), reach_of(viewer))
    query = (
        select(Submission.id, Submission.version)
        .where(*sql.indexed, *sql.remaining, Submission.arrival <= until)
        .order_by(Submission.arrival)
        .limit(MOST)
    )
    return {ident: version for ident, version in session.execute(query)}  # noqa: C416 - rows are not plain tuples to a type checker


def clear(session: Session, editor: Editor, versions: Mapping[uuid.UUID, int]) -> int:
    """Move suspicious submissions to the queue. `versions` is {id: version that the editor saw}.

    Returns how many were moved. Skips submissions that somebody has changed or decided on meanwhile, and those
    that the editor may not see.
    """
    query = (
        select(Submission)
        .where(Submission.id.in_(versions), Submission.lane == LANE, *reach_of(editor).conditions())
        .order_by(Submission.id)
        .with_for_update(of=Submission)
        .execution_options(populate_existing=True)
    )
    unchanged = [one for one in session.scalars(query) if one.version == versions[one.id]]
    for submission in unchanged:
        submission.suspected = False
        submission.version += 1
        record(session, "suspicion.cleared", submission, actor=editor)
    return len(unchanged)
