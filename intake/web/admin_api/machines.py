"""Whether submissions are being processed, and the queues, which can be paused."""

from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from intake.actions import pause as pauses
from intake.db import transaction
from intake.models import Pause
from intake.queries.machinery import machinery
from intake.queries.queues import Queue, queues
from intake.web.access import scopes
from intake.web.admin import QUEUE
from intake.web.admin_api.blueprint import bp
from intake.web.bearer import editor
from intake.web.desk_api.body import read
from intake.web.desk_api.plain import plain
from intake.web.forms.admin import PauseForm

__all__ = ["bp"]


@bp.get("/status")
@scopes("admin")
def status() -> ResponseReturnValue:
    """The sentence, and the figures behind it. Always 200: `/healthz/ready` says it by its status."""
    with transaction() as session:
        found = machinery(session)
        return jsonify({**plain(found), "queues": [_queue(queue) for queue in found.queues]})


@bp.post(f"/queues/{QUEUE}/pause")
@scopes("admin")
def pause(queue: str) -> ResponseReturnValue:
    """Begin no more jobs of a queue; the first reason stays."""
    form = read(PauseForm)
    with transaction() as session:
        pauses.pause(session, queue, form.reason.data or "", editor())
    return _one(queue)


@bp.post(f"/queues/{QUEUE}/resume")
@scopes("admin")
def resume(queue: str) -> ResponseReturnValue:
    """Let it go on."""
    with transaction() as session:
        pauses.resume(session, queue, editor())
    return _one(queue)


def _one(name: str) -> Response:
    with transaction() as session:
        return jsonify(next(_queue(queue) for queue in queues(session) if queue.name == name))


def _queue(queue: Queue) -> dict[str, Any]:
    return {**plain(queue), "pause": _pause(queue.pause) if queue.pause else None}


def _pause(pause: Pause) -> dict[str, Any]:
    """`by` is null where it was a command on the machine."""
    return {"at": plain(pause.at), "by": pause.editor.name if pause.editor else None, "reason": pause.reason}
