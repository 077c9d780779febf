"""API to list the editors' queue, with the query parameters of the queue page."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.models.desk import PRIORITIES
from intake.paging import Count
from intake.permissions.reach import reach_of
from intake.queue.filters import CHOICES, STATES, Filters
from intake.queue.items import QueueItem
from intake.queue.page import editor_queue, lane_counts
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.publication_parts import Status
from intake.web.api.fields import Digits, OneOf, Url
from intake.web.api.operation import operation
from intake.web.api.request_body import QueryString
from intake.web.api.serialize import below, whole
from intake.web.token_auth import editor

__all__ = ["QueueWords", "bp"]


class QueueWords(QueryString):
    """Filters of the queue, as query parameters or as an object in a request body."""

    lane: Annotated[str, OneOf(sorted(CHOICES["lane"]))] = ""
    sort: Annotated[str, OneOf(sorted(CHOICES["sort"]))] = ""
    q: Annotated[
        str,
        Field(description="Search words, in any script. In quotation marks, a word is searched for exactly."),
    ] = ""
    status: Annotated[str, OneOf(sorted(CHOICES["status"]))] = ""
    state: Annotated[str, OneOf(STATES), Field(description="In the lane `publishing`.")] = ""
    section: str = ""
    language: str = ""
    region: str = ""
    tag: str = ""
    photos: Annotated[str, OneOf(sorted(CHOICES["photos"]))] = ""
    claimed: Annotated[str, Field(description="`me`, `nobody`, or the id of an editor.")] = ""
    assigned: Annotated[str, Field(description="`me`, `nobody`, or the id of an editor.")] = ""
    due: Annotated[
        str,
        OneOf(sorted(CHOICES["due"])),
        Field(description="`week`: from Monday to Sunday in UTC. `late`: over."),
    ] = ""
    priority: Annotated[str, OneOf(sorted(CHOICES["priority"]))] = ""
    flagged: Annotated[str, OneOf(sorted(CHOICES["flagged"]))] = ""
    overdue: Annotated[str, OneOf(sorted(CHOICES["overdue"]))] = ""
    hours: Annotated[Digits, Field(description="Waiting at least this many hours.")] = ""

    def filters(self) -> Filters:
        """Return the filters of these parameters."""
        return Filters.parse(self.model_dump(include=set(QueueWords.model_fields), exclude_unset=True))


class QueueQuery(QueueWords):
    """Filters and page of the queue."""

    after: Annotated[str, Field(description="From `next`.")] = ""


@dataclass(frozen=True)
class Item(QueueItem):
    """Submission in the queue."""

    url: Url
    status: Status
    state: Annotated[str, OneOf(("", *STATES)), Field(description="In the lane `publishing`, else empty.")]
    settles_at: Annotated[datetime | None, Field(description="Until when `verdict` can be undone.")]
    approved: Annotated[bool, Field(description="A first of two editors has approved it.")]
    readable: Annotated[bool, Field(description="False while its text is not yet clean.")]
    assignee: Annotated[str | None, Field(description="Name of the editor to whom it is assigned.")]
    due_on: Annotated[date | None, Field(description="Due day of the assignment, in UTC.")]
    late: Annotated[bool, Field(description="The due day is over, and it is not done.")]
    priority: Annotated[str, OneOf(PRIORITIES)]
    thumb: Annotated[uuid.UUID | None, Field(description="The id of a clean photo.")]


@dataclass(frozen=True)
class SimilarWords:
    """Word of `q` that no submission has, and the similar words that were searched for instead."""

    typed: str
    words: list[str]


@dataclass(frozen=True)
class QueueAnswer:
    """Page of the queue."""

    items: list[Item]
    next: Annotated[Url | None, Field(description="The next page.")]
    counts: Annotated[Mapping[str, Count], Field(description="By lane. `ready`: accepted, with no embargo.")]
    similar: Annotated[
        list[SimilarWords], Field(description="If empty, the items have the words as they are in `q`.")
    ]


@bp.get("/submissions")
@program_requires("submission.read")
@operation("listSubmissions", "A page of the queue.", refusals={422: "A filter that is not known."})
def submissions(query: QueueQuery) -> QueueAnswer:
    """Return a page of the queue. `next` is the URL of the next page."""
    reach = reach_of(editor())
    with transaction() as session:
        found = editor_queue(session, query.filters(), viewer=editor().id, after=query.after, reach=reach)
        counts = lane_counts(session, reach)
    words = query.model_dump(exclude_unset=True) | {"after": found.next}
    following = below("submissions", **words) if found.next else None
    items = [Item(**vars(item), url=whole(item.id)) for item in found.items]
    similar = [SimilarWords(one.typed, list(one.words)) for one in found.similar]
    return QueueAnswer(items, following, counts, similar)
