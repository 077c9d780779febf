"""Editors, and their unread notifications."""

import uuid
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from intake.accounts import people
from intake.db import transaction
from intake.notifications.notify import NotificationItem, mark_read, unread, unread_count
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.fields import Url
from intake.web.api.operation import operation
from intake.web.api.serialize import whole
from intake.web.token_auth import editor

__all__ = ["bp"]


@dataclass(frozen=True)
class Colleague:
    """An editor."""

    id: Annotated[int, Field(description="For the filter `claimed`.")]
    name: Annotated[str, Field(description="For mentions, after @.")]


@dataclass(frozen=True)
class Editors:
    """All editors."""

    items: list[Colleague]


@dataclass(frozen=True)
class News(NotificationItem):
    """A notification."""

    url: Annotated[Url | None, Field(description="null: it is gone.")]


@dataclass(frozen=True)
class ForYou:
    """Unread notifications, newest first."""

    items: list[News]
    count: Annotated[int, Field(description="Number of all unread notifications, listed or not.")]


@bp.get("/editors")
@scopes("read")
@operation("listEditors", "All editors, by name.")
def editors() -> Editors:
    """Return people by name: their numbers are for the filter `claimed`, their names for mentions."""
    with transaction() as session:
        found = people.editors(session)
    return Editors([Colleague(number, name) for number, name in found.items()])


@bp.get("/for-you")
@scopes("read")
@operation("forYou", "Unread notifications.")
def for_you() -> ForYou:
    """Return what the editor has not seen."""
    return _unseen()


@bp.post("/for-you/seen")
@scopes("write")
@operation("seeAll", "Mark all as read.")
def all_seen() -> ForYou:
    """Mark all as seen."""
    with transaction() as session:
        mark_read(session, editor())
    return _unseen()


@bp.post("/submissions/<uuid:submission_id>/seen")
@scopes("write")
@operation("see", "Mark all about one submission as read.")
def seen(submission_id: uuid.UUID) -> ForYou:
    """Mark what there was about one submission as seen, and return what is left."""
    with transaction() as session:
        mark_read(session, editor(), submission_id)
    return _unseen()


def _unseen() -> ForYou:
    with transaction() as session:
        found, number = unread(session, editor()), unread_count(session, editor())
    items = [News(**vars(one), url=whole(one.submission_id) if one.title else None) for one in found]
    return ForYou(items, number)
