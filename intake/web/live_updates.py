"""What one web process hears of changes, and passes on to the pages of the desk that are open.

One thread and one connection of the database a process, and only while somebody listens.
"""

import json
import logging
import queue
import threading
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

import psycopg
from flask import Flask, current_app

from intake.db import DatabaseUnavailable, listen, transaction
from intake.models.event import LIVE_CHANNEL
from intake.review.live_facts import Fact, facts, facts_after, newest

log = logging.getLogger(__name__)

PLACES = 32
"""Open pages that one process serves, each with a thread (intake/web/serve.py). Others ask every half minute."""

HELD = 100
"""What may wait for a page that reads slowly; one that falls behind is cut off, and begins again where it was."""

STREAM_SECONDS = 600  # then the browser comes back, to whichever process has the fewest
TICK = 1.0  # seconds
READY_SECONDS = 3


@dataclass(eq=False)
class Stream:
    """What waits to be sent to one open page; `lost` once it has fallen behind."""

    waiting: "queue.Queue[str]" = field(default_factory=lambda: queue.Queue(HELD))
    lost: bool = False

    def put(self, message: str) -> None:
        """Never waits: one page must not hold up the others."""
        try:
            self.waiting.put_nowait(message)
        except queue.Full:
            self.lost = True


class Hub:
    """Hears of each commit and tells every stream."""

    def __init__(self, places: int = PLACES, seconds: float = STREAM_SECONDS) -> None:
        self.seconds = seconds
        self.closing = threading.Event()
        self._places = places
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._streams: set[Stream] = set()
        self._listener: threading.Thread | None = None

    def join(self) -> Stream | None:
        """A new stream; None if there is no place, or nothing can be heard just now."""
        stream = Stream()
        with self._lock:
            if self.closing.is_set() or len(self._streams) >= self._places:
                return None
            self._streams.add(stream)
            if self._listener is None:
                self._listener = threading.Thread(target=self._listen, daemon=True, name="live")
                self._listener.start()
        if not self._ready.wait(READY_SECONDS):
            self.leave(stream)
            return None
        return stream

    def leave(self, stream: Stream) -> None:
        """Nobody reads it any more."""
        with self._lock:
            self._streams.discard(stream)

    def close(self) -> None:
        """The process ends: so do all streams, within a tick. May be called by a signal's handler."""
        self.closing.set()

    def _listen(self) -> None:
        last: int | None = None
        while not self._over():
            try:
                with listen(LIVE_CHANNEL) as connection:
                    last = self._catch_up(last)
                    self._ready.set()
                    last = self._hear(connection, last)
            except (psycopg.Error, DatabaseUnavailable) as error:
                log.warning("no news for open pages: %s", type(error).__name__)
                self.closing.wait(TICK)
            self._ready.clear()

    def _over(self) -> bool:
        """Whether the listener is not needed any more; the next stream then starts another."""
        with self._lock:
            if self._streams and not self.closing.is_set():
                return False
            self._listener = None
            self._ready.clear()
            return True

    def _wanted(self) -> bool:
        with self._lock:
            return bool(self._streams) and not self.closing.is_set()

    def _catch_up(self, last: int | None) -> int:
        """Tell of what happened while the connection was broken."""
        with transaction() as session:
            missed = None if last is None else facts_after(session, last)
            now = newest(session)
        self._pass_on(map(change, missed or ()))
        return now

    def _hear(self, connection: "psycopg.Connection[object]", last: int) -> int:
        while self._wanted():
            heard = [notice.payload for notice in connection.notifies(timeout=TICK, stop_after=1)]
            numbers = [int(word) for word in heard if word.isdigit()]
            self._pass_on(presence(word) for word in heard if not word.isdigit())
            if numbers:
                with transaction() as session:
                    found = facts(session, numbers)
                self._pass_on(map(change, found))
                last = max(last, *numbers)
        return last

    def _pass_on(self, messages: Iterable[str]) -> None:
        told = list(messages)
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            for message in told:
                stream.put(message)


def change(fact: Fact) -> str:
    """An event, as a page's EventSource reads it."""
    return f"id: {fact.id}\nevent: change\ndata: {json.dumps(plain(fact))}\n\n"


def presence(submission_id: str) -> str:
    """Somebody else is before a submission, or nobody any more."""
    return f"event: presence\ndata: {json.dumps({'submission': str(uuid.UUID(submission_id))})}\n\n"


def plain(fact: Fact) -> dict[str, object]:
    """An event in JSON."""
    return asdict(fact) | {"submission": str(fact.submission)}


def hub() -> Hub:
    """That of the application that answers this request."""
    found: Hub = current_app.extensions["live"]
    return found


def init_app(app: Flask) -> None:
    """A hub for the application; nothing is heard before the first page listens."""
    app.extensions["live"] = Hub()
