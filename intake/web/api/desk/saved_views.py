"""API for saved views of the queue, each with its present number of submissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.errors import LimitReached, NameTaken
from intake.models.columns import BIGINT_MAX
from intake.paging import Count
from intake.permissions.reach import reach_of
from intake.queue import saved_views
from intake.queue.filters import FIELD_NAMES
from intake.queue.saved_views import SavedView, change_view, remove_view, save_view
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.queue import QueueWords
from intake.web.api.fields import OneOf, TextRule, Url
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.api.serialize import below, shared
from intake.web.forms.fields import one_line
from intake.web.forms.queue import FULL, NO_NAME, TAKEN, VIEW_CHARACTERS
from intake.web.token_auth import editor

__all__ = ["bp"]

NOT_YOURS = {404: "You have no such view."}


class NamedViewBody(Body):
    """Name and sharing of a saved view."""

    name: Annotated[str, TextRule(VIEW_CHARACTERS, one_line, needed=NO_NAME)]
    shared: Annotated[bool, Field(description="Everybody at the desk sees it.")] = False


class ViewBody(NamedViewBody):
    """Request to save filters as a view."""

    filters: Annotated[QueueWords, Field(default_factory=QueueWords)]


@dataclass(frozen=True)
class ViewAnswer:
    """Saved view of the queue."""

    id: int
    name: str
    shared: Annotated[bool, Field(description="Everybody at the desk sees it.")]
    filters: Mapping[Annotated[str, OneOf(FIELD_NAMES)], str]
    owner: str
    mine: bool
    count: Count
    url: Url


@dataclass(frozen=True)
class Views:
    """Saved views."""

    items: list[ViewAnswer]


@bp.get("/views")
@program_requires("submission.read")
@operation("listViews", "Your own saved views and those that others share, with their counts.")
def views() -> Views:
    """Return the editor's own saved views, then the views that colleagues share."""
    return Views([_view(view) for view in _offered()])


@bp.post("/views")
@program_requires("view.save")
@operation(
    "addView",
    "Save filters as a view.",
    answers={201: "Saved."},
    example={
        "name": "Waiting long",
        "shared": True,
        "filters": {"lane": "ours", "hours": "48"},
    },
)
def add_view(body: ViewBody) -> ViewAnswer:
    """Save filters of the queue as a view."""
    words = body.filters.filters().words()
    try:
        with transaction() as session:
            made = save_view(session, editor(), body.name, words, shared=body.shared).id
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    except LimitReached:
        raise InvalidBody({"name": [FULL]}) from None
    return _one(made)


@bp.put(f"/views/<int(max={BIGINT_MAX}):view_id>")
@program_requires("view.save")
@operation(
    "changeView",
    "Rename or share a view.",
    refusals=NOT_YOURS,
    example={"name": "Waiting too long", "shared": False},
)
def edit_view(view_id: int, body: NamedViewBody) -> ViewAnswer:
    """Rename, share or unshare one of the editor's own views."""
    try:
        with transaction() as session:
            change_view(session, view_id, editor(), body.name, shared=body.shared)
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    return _one(view_id)


@bp.delete(f"/views/<int(max={BIGINT_MAX}):view_id>")
@program_requires("view.save")
@operation("removeView", "Delete a view.", answers={204: "Deleted."}, refusals=NOT_YOURS)
def remove(view_id: int) -> None:
    """Delete one of the editor's own views."""
    with transaction() as session:
        remove_view(session, view_id, editor())


def _offered() -> list[SavedView]:
    with transaction() as session:
        return saved_views.views(session, editor().id, reach_of(editor()))


def _one(view_id: int) -> ViewAnswer:
    """Return one of the editor's own views, which come first in the list of views."""
    return next(_view(view) for view in _offered() if view.id == view_id)


def _view(view: SavedView) -> ViewAnswer:
    words = view.filters.words()
    return ViewAnswer(**shared(ViewAnswer, view) | {"filters": words}, url=below("submissions", **words))
