"""API to list the editors, and to read the notifications of the token's owner."""

import uuid
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from intake.accounts import people
from intake.db import transaction
from intake.notifications.notify import NotificationItem, mark_read, unread, unread_count
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.fields import Url
from intake.web.api.operation import operation
from intake.web.api.serialize import whole
from intake.web.token_auth import editor

__all__ = ["bp"]


@dataclass(frozen=True)
class Colleague:
    """Editor with id and name."""

    id: Annotated[int, Field(description="For the filter `claimed`.")]
    name: Annotated[str, Field(description="For mentions, after @.")]


@dataclass(frozen=True)
class Editors:
    """All editors."""

    items: list[Colleague]


@dataclass(frozen=True)
class News(NotificationItem):
    """Unread notification."""

    url: Annotated[Url | None, Field(description="null: it is gone.")]


@dataclass(frozen=True)
class ForYou:
    """Unread notifications, newest first."""

    items: list[News]
    count: Annotated[int, Field(description="Number of all unread notifications, listed or not.")]


@bp.get("/editors")
@program_requires("submission.read")
@operation("listEditors", "All editors, by name.")
def editors() -> Editors:
    """Return all editors, sorted by name. The filter `claimed` takes an id, a mention takes a name."""
    with transaction() as session:
        found = people.editors(session)
    return Editors([Colleague(number, name) for number, name in found.items()])


@bp.get("/for-you")
@program_requires("notification.read")
@operation("forYou", "Unread notifications.")
def for_you() -> ForYou:
    """Return the unread notifications of the editor."""
    return _unseen()


@bp.post("/for-you/seen")
@program_requires("notification.mark")
@operation("seeAll", "Mark all as read.")
def all_seen() -> ForYou:
    """Mark all notifications of the editor as read."""
    with transaction() as session:
        mark_read(session, editor())
    return _unseen()


@bp.post("/submissions/<uuid:submission_id>/seen")
@program_requires("notification.mark")
@operation("see", "Mark all about one submission as read.")
def seen(submission_id: uuid.UUID) -> ForYou:
    """Mark the notifications about one submission as read. Returns the other unread notifications."""
    with transaction() as session:
        mark_read(session, editor(), submission_id)
    return _unseen()


def _unseen() -> ForYou:
    with transaction() as session:
        found, number = unread(session, editor()), unread_count(session, editor())
    items = [News(**vars(one), url=whole(one.submission_id) if one.title else None) for one in found]
    return ForYou(items, number)
