"""Tells an open admin page that there is something new to show, by server-sent events."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace

from flask import Response
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts.people import is_session_valid
from intake.db import DatabaseUnavailable, transaction
from intake.health.status import SystemStatus, system_status
from intake.web.access import roles
from intake.web.admin.blueprint import bp
from intake.web.live_updates import Hub, hub

EVERY_SECONDS = 2.0
LEAST_OFTEN_SECONDS = 15.0
"""Ages grow though nothing happens; and what stands between us and the browser closes a connection that is silent for long."""
CHANGED = "event: changed\ndata: {}\n\n"


@bp.get("/stream")
@roles("admin")
def stream() -> ResponseReturnValue:
    """`changed` whenever the page would look otherwise; 503 where there is no place: the page then asks by itself."""
    here = hub()
    place = here.join()
    if place is None:
        return Response(status=503, headers={"Retry-After": "30"})
    answer = Response(
        changes(here, current_user.id, current_user.fs_uniquifier), mimetype="text/event-stream"
    )
    answer.headers["X-Accel-Buffering"] = "no"  # nginx would keep it until there is more
    # Not in the generator: one that was never begun is never ended.
    answer.call_on_close(lambda: here.leave(place))
    return answer


def changes(here: Hub, admin_id: int, uniquifier: str) -> Iterator[str]:
    """Until the web process stops, the time of a stream is over, or the person is no admin any more."""
    begun = told = time.monotonic()
    shown = ""
    while time.monotonic() - begun < here.seconds and not here.closing.wait(EVERY_SECONDS):
        found = look(admin_id, uniquifier)
        if found is None:
            return
        if found != shown or time.monotonic() - told > LEAST_OFTEN_SECONDS:
            shown, told = found, time.monotonic()
            yield CHANGED


def look(admin_id: int, uniquifier: str) -> str | None:
    """A mark of all that the page shows but for ages; None for somebody who may not see it. Empty while the database is away."""
    try:
        with transaction() as session:
            if not is_session_valid(session, admin_id, uniquifier, roles=("admin",)):
                return None
            return mark(system_status(session))
    except DatabaseUnavailable:
        return ""


def mark(found: SystemStatus) -> str:
    """The same for two moments at which nothing differs but how long ago things were."""
    still = (
        found.report.public,
        [replace(one, seen_at=one.started_at, memory=None, broker=None) for one in found.processes],
        found.work,
        [(replace(one, pause=None), one.pause and one.pause.at) for one in found.queues],
        [(one.kind, one.last_at, one.missed) for one in found.schedules],
        found.jobs,
    )
    return hashlib.sha256(repr(still).encode()).hexdigest()
