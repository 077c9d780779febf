"""What happens at the desk, as it happens: server-sent events, and the same for those who ask now and then."""

import queue
import random
import socket
import time
from collections.abc import Callable, Iterator

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts.people import is_session_valid
from intake.db import DatabaseUnavailable, transaction
from intake.review.live_facts import facts_after, newest
from intake.web.access import roles
from intake.web.current import reading
from intake.web.desk.blueprint import bp
from intake.web.live_updates import TICK, Hub, Stream, change, hub, plain

__all__ = ["bp"]

BEAT_SECONDS = (
    15  # a comment: what stands between us and the browser closes a connection that is silent for long
)
CHECK_SECONDS = 30  # whether the person may still be here
RETRY_MILLISECONDS = 2000
LISTENING = frozenset({"desk.queue", "desk.submission"})
# The page missed more than can be told: it is to be loaded again.
RESET = "event: reset\ndata: {}\n\n"


@bp.before_request
def remember_the_last_event() -> None:
    """Before a page that listens is put together, so that nothing falls between it and the stream."""
    if request.method == "GET" and request.endpoint in LISTENING:
        live_since()


@bp.app_template_global()
def live_since() -> int:
    """The last event that this page can know of."""
    if "live_since" not in g:
        with reading() as session:
            g.live_since = newest(session)
    return int(g.live_since)


@bp.get("/stream")
@roles("editor", "chief")
def stream() -> ResponseReturnValue:
    """Events after `after`, or after the last that the browser has had; 503 where there is no place: ask /changes."""
    here = hub()
    joined = here.join()
    if joined is None:
        return Response(status=503, headers={"Retry-After": "30"})
    reader = LiveReader(here, joined, _checked(current_user.id, current_user.fs_uniquifier), _hung_up())
    try:
        answer = Response(reader.read(_missed(_after())), mimetype="text/event-stream")
    except DatabaseUnavailable:
        here.leave(joined)
        raise
    answer.headers["X-Accel-Buffering"] = "no"  # nginx would keep it until there is more
    # Not in the generator: one that was never begun is never ended.
    answer.call_on_close(lambda: here.leave(joined))
    return answer


@bp.get("/changes")
@roles("editor", "chief")
def changes() -> ResponseReturnValue:
    """The same for a page that found no place: `{"newest": id, "changes": [...]}`; null instead of too many."""
    with transaction() as session:
        last, found = newest(session), facts_after(session, _after())
    return jsonify({"newest": last, "changes": None if found is None else [plain(fact) for fact in found]})


class LiveReader:
    """Reads one stream for one browser, until one of them has had enough."""

    def __init__(
        self, here: Hub, joined: Stream, allowed: Callable[[], bool], hung_up: Callable[[], bool]
    ) -> None:
        self._hub, self._stream = here, joined
        self._allowed, self._hung_up = allowed, hung_up
        now = time.monotonic()
        # Not all at the same moment, after a restart.
        self._ends = now + here.seconds * random.uniform(0.8, 1)  # noqa: S311 - a spread, not a secret
        self._beat, self._check = now, now

    def read(self, missed: list[str]) -> Iterator[str]:
        """What was missed, then what comes."""
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        yield from missed
        while self._goes_on():
            message = self._next()
            if message:
                yield message

    def _goes_on(self) -> bool:
        now = time.monotonic()
        if now > self._ends or self._stream.lost or self._hub.closing.is_set() or self._hung_up():
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
    """What the browser has had; nothing, where it says nothing that makes sense."""
    said = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    if said.isdecimal() and len(said) < 18:
        return int(said)
    with transaction() as session:
        return newest(session)


def _missed(after: int) -> list[str]:
    with transaction() as session:
        found = facts_after(session, after)
    return [RESET] if found is None else [change(fact) for fact in found]


def _checked(editor_id: int, uniquifier: str) -> Callable[[], bool]:
    """Whether this session of this person is still good; while the database is away, nobody is sent home."""

    def allowed() -> bool:
        try:
            with transaction() as session:
                return is_session_valid(session, editor_id, uniquifier)
        except DatabaseUnavailable:
            return True

    return allowed


def _hung_up() -> Callable[[], bool]:
    """Whether the browser has closed the connection: a write would tell only at the next beat, and hold a thread till then."""
    line: socket.socket | None = request.environ.get("gunicorn.socket")

    def closed() -> bool:
        try:
            return line is not None and line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    return closed
