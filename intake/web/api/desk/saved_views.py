"""Saved views of the queue, with how many submissions each has now."""

from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.errors import LimitReached, NameTaken
from intake.models.columns import BIGINT_MAX
from intake.queue import saved_views
from intake.queue.saved_views import SavedView, change_view, remove_view, save_view
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.queue import asked
from intake.web.api.request_body import InvalidBody, read
from intake.web.api.serialize import below, plain
from intake.web.forms.api_bodies import ViewBody
from intake.web.forms.queue import FULL, TAKEN, ViewForm
from intake.web.token_auth import editor

__all__ = ["bp"]

NO_FILTERS = "Please send an object: the words of the queue's address."


@bp.get("/views")
@scopes("read")
def views() -> ResponseReturnValue:
    """One's own and those that others share."""
    return jsonify({"items": [_document(view) for view in _offered()]})


@bp.post("/views")
@scopes("write")
def add_view() -> ResponseReturnValue:
    """Keep filters of the queue under a name."""
    form = read(ViewBody, adapt=_but_filters)
    words = asked(_filters(request.get_json())).words()
    try:
        with transaction() as session:
            made = save_view(session, editor(), form.name.data or "", words, shared=form.shared.data).id
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    except LimitReached:
        raise InvalidBody({"name": [FULL]}) from None
    return _one(made), 201


@bp.put(f"/views/<int(max={BIGINT_MAX}):view_id>")
@scopes("write")
def edit_view(view_id: int) -> ResponseReturnValue:
    """Another name, or other people who see it."""
    form = read(ViewForm)
    try:
        with transaction() as session:
            change_view(session, view_id, editor(), form.name.data or "", shared=form.shared.data)
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    return _one(view_id)


@bp.delete(f"/views/<int(max={BIGINT_MAX}):view_id>")
@scopes("write")
def remove(view_id: int) -> ResponseReturnValue:
    """Forget one's own."""
    with transaction() as session:
        remove_view(session, view_id, editor())
    return "", 204


def _offered() -> list[SavedView]:
    with transaction() as session:
        return saved_views.views(session, editor().id)


def _one(view_id: int) -> Response:
    """One's own, which stand before the others'."""
    return jsonify(next(_document(view) for view in _offered() if view.id == view_id))


def _document(view: SavedView) -> dict[str, Any]:
    words = view.filters.words()
    return {**plain(view), "filters": words, "url": below("submissions", **words)}


def _filters(sent: dict[str, Any]) -> dict[str, str]:
    words = sent.get("filters", {})
    if not isinstance(words, dict) or "after" in words:
        raise InvalidBody({"filters": [NO_FILTERS]})
    return {name: str(value) for name, value in words.items()}


def _but_filters(sent: dict[str, Any]) -> dict[str, Any]:
    """Filters are an object, which no form has: they are checked as those of the queue's address."""
    asked(_filters(sent))
    return {name: value for name, value in sent.items() if name != "filters"}
