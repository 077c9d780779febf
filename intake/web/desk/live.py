"""Events of submissions for open pages of the desk, by server-sent events or polling."""

import queue
import random
import time
from collections.abc import Callable, Iterator

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.permissions.reach import reach_of
from intake.review.live_facts import facts_after, newest
from intake.web.access import requires
from intake.web.current import reading, release
from intake.web.desk.blueprint import bp
from intake.web.language import translator
from intake.web.live_messages import CROWDED, change, plain
from intake.web.live_updates import TICK, Hub, Stream, hub
from intake.web.login_session import viewer_of

__all__ = ["bp"]

BEAT_SECONDS = 15  # Between comment lines, which keep proxies from closing an idle connection.
CHECK_SECONDS = 30  # Between checks that the login session is still valid.
RETRY_MILLISECONDS = 2000
LISTENING = frozenset({"desk.queue", "desk.submission", "desk.edit"})
# Message for a page that missed too many events and must be reloaded.
RESET = "event: reset\ndata: {}\n\n"


@bp.before_request
def remember_the_last_event() -> None:
    """Read the newest event's id before a page with live updates is rendered, so that its stream misses none."""
    if request.method == "GET" and request.endpoint in LISTENING:
        live_since()


@bp.app_template_global()
def live_since() -> int:
    """Return the newest event's id at the first call in this request. The page's stream starts after it."""
    if "live_since" not in g:
        with reading() as session:
            g.live_since = newest(session)
    return int(g.live_since)


@bp.get("/stream")
@requires("submission.read")
def stream() -> ResponseReturnValue:
    """Stream the events after the event id in the header Last-Event-ID or the query parameter `after`.

    Answers 503 if the process has its largest number of streams. The page then polls /changes.
    """
    here = hub()
    viewer = viewer_of("submission.read")
    release()
    joined = here.join(viewer)
    if joined is None:
        return Response(status=503, headers={"Retry-After": "30"})
    reader = LiveReader(here, joined, lambda: here.admits(viewer), _hung_up())
    try:
        answer = Response(reader.read(_missed(_after())), mimetype="text/event-stream")
    except Exception:
        here.leave(joined)
        raise
    answer.headers["X-Accel-Buffering"] = "no"  # otherwise nginx buffers the events
    # Leave here, not in a `finally` of the generator: a generator that was never started skips its `finally`.
    answer.call_on_close(lambda: here.leave(joined))
    return answer


@bp.get("/changes")
@requires("submission.read")
def changes() -> ResponseReturnValue:
    """Return the events after the id in `after`, as JSON: `{"newest": id, "changes": [...]}`.

    `changes` is null if there are too many events. The page must then be reloaded.
    """
    with transaction() as session:
        last, found = newest(session), facts_after(session, _after(), reach_of(current_user))
    return jsonify(
        {"newest": last, "changes": None if found is None else [plain(fact, translator()) for fact in found]}
    )


class LiveReader:
    """Reader of one stream for one browser, until the browser or the server ends the connection."""

    def __init__(
        self, here: Hub, joined: Stream, allowed: Callable[[], bool], hung_up: Callable[[], bool]
    ) -> None:
        self._hub, self._stream = here, joined
        self._allowed, self._hung_up = allowed, hung_up
        now = time.monotonic()
        # Random lifetimes, so that streams that began together after a restart do not end together.
        self._ends = now + here.seconds * random.uniform(0.8, 1)  # noqa: S311 - a spread, not a secret
        self._beat, self._check = now, now

    def read(self, missed: list[str]) -> Iterator[str]:
        """Yield the missed events, then new events as they arrive."""
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        yield from missed
        while self._is_open():
            message = self._next()
            if message:
                yield message
        if self._stream.crowded:
            yield CROWDED

    def _is_open(self) -> bool:
        now = time.monotonic()
        if now > self._ends or self._stream.lost or self._stream.ended.is_set():
            return False
        if self._hub.closing.is_set() or self._hung_up():
            return False
        if now - self._check > CHECK_SECONDS:
            self._check = now
            return self._allowed()
        return True

    def _next(self) -> str:
        try:
            return self._stream.waiting.get(timeout=TICK)
        except queue.Empty:
            if time.monotonic() - self._beat < BEAT_SECONDS:
                return ""
            self._beat = time.monotonic()
            return ":\n\n"


def _after() -> int:
    """Return the event id that the browser sent as its last.

    Without a valid id: the id of the newest event.
    """
    said = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    if said.isdecimal() and len(said) < 18:
        return int(said)
    with transaction() as session:
        return newest(session)


def _missed(after: int) -> list[str]:
    with transaction() as session:
        found = facts_after(session, after, reach_of(current_user))
    return [RESET] if found is None else [change(fact, translator()) for fact in found]


def _hung_up() -> Callable[[], bool]:
    """Return a function that checks whether the browser closed the connection.

    Without this check, the thread would be occupied until the next write fails.
    """
    gone: Callable[[], bool] = request.environ.get("transom.gone", bool)
    return gone
