"""The editors' queue."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, selectinload

from intake.lifecycle import LANES
from intake.models import Photo, Revision, Submission
from intake.queries.paging import cursor, parse
from intake.text import excerpt

PAGE = 30
EXCERPT_CHARACTERS = 220
# What stands for filters that are not one status.
FILTERS = {
    "waiting": ("in_review",),
    "all": tuple(status for lane in LANES.values() for status in lane),
}


@dataclass(frozen=True)
class QueueItem:
    """One line of the queue; `readable` once its text is clean, `thumb` is the id of a clean photo."""

    id: uuid.UUID
    title: str
    excerpt: str
    status: str
    section: str
    language: str
    print_name: str | None
    received_at: datetime
    photos: int
    refused: int
    words: int
    readable: bool
    thumb: uuid.UUID | None
    graphic: bool
    """Whether what the thumb shows is to be blurred."""


@dataclass(frozen=True)
class QueuePage:
    """Items and, unless this is the last page, the cursor of the next."""

    items: list[QueueItem]
    next: str | None


def editor_queue(
    session: Session, *, status: str = "waiting", order: str = "newest", after: str = ""
) -> QueuePage:
    """A page of submissions of a status or filter, newest or oldest first; three queries whatever its place."""
    found = list(session.scalars(_page(status, order, after)))
    page = found[:PAGE]
    texts = _newest_revisions(session, [s.id for s in page])
    following = cursor(page[-1].received_at, page[-1].id) if len(found) > PAGE else None
    return QueuePage([_item(s, texts.get(s.id)) for s in page], following)


def counts(session: Session) -> dict[str, int]:
    """Submissions of each status, and of each filter."""
    rows = session.execute(select(Submission.status, func.count()).group_by(Submission.status))
    by_status = {status: count for status, count in rows}  # noqa: C416 - rows are not plain tuples to a type checker
    return by_status | {
        name: sum(by_status.get(s, 0) for s in included) for name, included in FILTERS.items()
    }


def _page(status: str, order: str, after: str) -> Select[Submission]:
    place = tuple_(Submission.received_at, Submission.id)
    oldest = order == "oldest"
    query = (
        select(Submission)
        .where(Submission.status.in_(FILTERS.get(status, (status,))))
        .options(selectinload(Submission.photos))
        .limit(PAGE + 1)
    )
    since = parse(after)
    if since:
        query = query.where(place > since if oldest else place < since)
    columns = (Submission.received_at, Submission.id)
    return query.order_by(*(column.asc() if oldest else column.desc() for column in columns))


def _newest_revisions(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Revision]:
    newest = (
        select(Revision)
        .where(Revision.submission_id.in_(ids), Revision.number > 0)
        .ext(distinct_on(Revision.submission_id))
        .order_by(Revision.submission_id, Revision.number.desc())
    )
    return {revision.submission_id: revision for revision in session.scalars(newest)}


def _item(submission: Submission, text: Revision | None) -> QueueItem:
    clean = [photo for photo in submission.photos if photo.status == "clean"]
    return QueueItem(
        id=submission.id,
        title=(text.title if text else None) or "",
        excerpt=excerpt(text.html or "", EXCERPT_CHARACTERS) if text else "",
        status=submission.status,
        section=submission.section,
        language=submission.language,
        print_name=submission.print_name,
        received_at=submission.received_at,
        photos=len(clean),
        refused=_refused(submission.photos),
        words=text.words if text else 0,
        readable=text is not None and submission.status != "purged",
        thumb=clean[0].id if clean else None,
        graphic=bool(clean) and clean[0].graphic,
    )


def _refused(photos: Sequence[Photo]) -> int:
    return sum(photo.status == "refused" for photo in photos)
