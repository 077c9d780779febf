"""Server-sent events that tell an open admin page to reload its figures."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace

from flask import Response
from flask.typing import ResponseReturnValue

from intake.db import DatabaseUnavailable, transaction
from intake.health.status import SystemStatus, system_status
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import release
from intake.web.live_messages import CROWDED
from intake.web.live_updates import TICK, Hub, Stream, hub
from intake.web.login_session import viewer_of

EVERY_SECONDS = 2.0
MAX_SILENCE_SECONDS = 15.0
"""Longest time without an event. Proxies close idle connections, and the ages on the page must be updated."""
CHANGED = "event: changed\ndata: {}\n\n"


@bp.get("/stream")
@requires("system.read")
def stream() -> ResponseReturnValue:
    """Stream an event `changed` when the page is out of date.

    Answers 503 if the process has its largest number of streams. The page then polls.
    """
    here = hub()
    viewer = viewer_of("system.read")
    release()
    place = here.join(viewer)
    if place is None:
        return Response(status=503, headers={"Retry-After": "30"})
    answer = Response(changes(here, place), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"  # otherwise nginx buffers the events
    # Not in a `finally` of the generator, because `finally` does not run if the generator was never started.
    answer.call_on_close(lambda: here.leave(place))
    return answer


def changes(here: Hub, place: Stream) -> Iterator[str]:
    """Yield events until the process stops, or the stream times out or must close."""
    begun = sent = time.monotonic()
    shown = ""
    while time.monotonic() - begun < here.seconds and _waited(here, place):
        if place.viewer and not here.admits(place.viewer):
            return
        found = current_mark()
        if found != shown or time.monotonic() - sent > MAX_SILENCE_SECONDS:
            shown, sent = found, time.monotonic()
            yield CHANGED
    if place.crowded:
        yield CROWDED


def _waited(here: Hub, place: Stream) -> bool:
    """Wait for EVERY_SECONDS. Returns False at once if the stream must close, soon if the process stops."""
    ends = time.monotonic() + EVERY_SECONDS
    while (left := ends - time.monotonic()) > 0:
        if place.ended.wait(min(left, TICK)) or here.closing.is_set():
            return False
    return True


def current_mark() -> str:
    """Return the hash of the current status, see `mark`. Returns "" if the database is down."""
    try:
        with transaction() as session:
            return mark(system_status(session))
    except DatabaseUnavailable:
        return ""


def mark(found: SystemStatus) -> str:
    """Return a hash of the status that the page shows, except ages and memory. SHA-256 in hexadecimal."""
    still = (
        found.report.public,
        [replace(one, seen_at=one.started_at, memory=None, broker=None) for one in found.processes],
        found.work,
        [(replace(one, pause=None), one.pause and one.pause.at) for one in found.queues],
        [(one.kind, one.last_at, one.missed) for one in found.schedules],
        found.jobs,
        (found.web.are_uploads_held, found.web.are_connections_held),
    )
    return hashlib.sha256(repr(still).encode()).hexdigest()
