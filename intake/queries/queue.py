"""The editors' queue, a page at a time."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from intake.models import Decision, Editor, Submission
from intake.queries.chosen import chosen, terms
from intake.queries.filters import Filters
from intake.queries.paging import cursor, parse
from intake.queries.queue_items import QueueItem, items

PAGE = 30


@dataclass(frozen=True)
class QueuePage:
    """Items and, unless this is the last page, the cursor of the next. `nothing_asked`: the words hold none to look for."""

    items: list[QueueItem]
    next: str | None
    nothing_asked: bool = False


def editor_queue(
    session: Session, filters: Filters | None = None, *, viewer: int = 0, after: str = ""
) -> QueuePage:
    """A page of what the filters choose for the editor `viewer`; three queries whatever its place, one more for words."""
    asked = filters or Filters()
    query = chosen(asked, viewer, terms(session, [asked.q]))
    if query is None:
        return QueuePage([], None, nothing_asked=True)
    found = [
        (one, claimant, decision)
        for one, claimant, decision in session.execute(_page(query, asked.sort, after))
    ]
    page = found[:PAGE]
    following = _cursor(asked.sort, page[-1][0]) if len(found) > PAGE else None
    return QueuePage(items(session, page, viewer), following)


def _page(query: Select[Submission], sort: str, after: str) -> "Select[Submission, str, Decision]":
    """Its rows with the claimant's name and the decision, which are looked up for this page alone."""
    at = Submission.waiting_since if sort == "waiting" else Submission.received_at
    place = tuple_(at, Submission.id)
    since = parse(after)
    if since:
        query = query.where(place < since if sort == "newest" else place > since)
    order = [column.desc() if sort == "newest" else column.asc() for column in (at, Submission.id)]
    one = aliased(Submission, query.order_by(*order).limit(PAGE + 1).subquery())
    claims = (one.claimed_by == Editor.id) & (one.claimed_until > func.now())
    key = one.waiting_since if sort == "waiting" else one.received_at
    return (
        select(one, Editor.name, Decision)
        .outerjoin(Editor, claims)
        .outerjoin(Decision, one.decision_id == Decision.id)
        .order_by(*(c.desc() if sort == "newest" else c.asc() for c in (key, one.id)))
    )


def _cursor(sort: str, last: Submission) -> str:
    return cursor(last.waiting_since if sort == "waiting" else last.received_at, last.id)
