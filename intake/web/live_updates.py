"""Live updates: events of submissions are passed to the open pages of the desk.

Each web process listens with one thread and one database connection, and only while pages are open.
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
"""Largest number of streams per process.

Each occupies a thread (see serve.py). Further pages poll every 30 s.
"""

MAX_WAITING = 100
"""Largest number of messages in the queue of a stream.

If a page reads too slowly, its stream ends and it reconnects.
"""

STREAM_SECONDS = 600  # lifetime of a stream; the browser then reconnects, perhaps to another process
TICK = 1.0  # seconds between checks whether a stream or the listener shall end
READY_SECONDS = 3


@dataclass(eq=False)
class Stream:
    """Queue of messages for one open page. `lost` is set once it was full and a message was dropped."""

    waiting: "queue.Queue[str]" = field(default_factory=lambda: queue.Queue(MAX_WAITING))
    lost: bool = False

    def put(self, message: str) -> None:
        """Add a message without blocking, so that one page cannot delay the others."""
        try:
            self.waiting.put_nowait(message)
        except queue.Full:
            self.lost = True


class Hub:
    """Listener for PostgreSQL notifications of events and of presence. It passes them to every stream."""

    def __init__(self, places: int = PLACES, seconds: float = STREAM_SECONDS) -> None:
        self.seconds = seconds
        self.closing = threading.Event()
        self._places = places
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._streams: set[Stream] = set()
        self._listener: threading.Thread | None = None

    def join(self) -> Stream | None:
        """Return a new stream.

        None if the process has its largest number of streams or the database is down.
        """
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
        """Remove the stream of a closed page."""
        with self._lock:
            self._streams.discard(stream)

    def close(self) -> None:
        """End all streams within TICK seconds. Safe to call from a signal handler."""
        self.closing.set()

    def _listen(self) -> None:
        last: int | None = None
        while not self._over():
            try:
                with listen(LIVE_CHANNEL) as connection:
                    last = self._catch_up(last)
                    self._ready.set()
                    last = self._receive(connection, last)
            except (psycopg.Error, DatabaseUnavailable) as error:
                log.warning("cannot listen for changes: %s", type(error).__name__)
                self.closing.wait(TICK)
            self._ready.clear()

    def _over(self) -> bool:
        """Return whether the listener thread can end. If so, the next stream starts a new thread."""
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
        """Pass on the events after id `last`, missed while the connection was down.

        Returns the newest event id.
        """
        with transaction() as session:
            missed = None if last is None else facts_after(session, last)
            now = newest(session)
        self._pass_on(map(change, missed or ()))
        return now

    def _receive(self, connection: "psycopg.Connection[object]", last: int) -> int:
        while self._wanted():
            received = [notice.payload for notice in connection.notifies(timeout=TICK, stop_after=1)]
            numbers = [int(word) for word in received if word.isdigit()]
            self._pass_on(presence(word) for word in received if not word.isdigit())
            if numbers:
                with transaction() as session:
                    found = facts(session, numbers)
                self._pass_on(map(change, found))
                last = max(last, *numbers)
        return last

    def _pass_on(self, messages: Iterable[str]) -> None:
        batch = list(messages)
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            for message in batch:
                stream.put(message)


def change(fact: Fact) -> str:
    """Format a submission's event as a server-sent event."""
    return f"id: {fact.id}\nevent: change\ndata: {json.dumps(plain(fact))}\n\n"


def presence(submission_id: str) -> str:
    """Format a server-sent event: the editors who have a submission's page open have changed."""
    return f"event: presence\ndata: {json.dumps({'submission': str(uuid.UUID(submission_id))})}\n\n"


def plain(fact: Fact) -> dict[str, object]:
    """Return a submission's event as a dictionary for JSON."""
    return asdict(fact) | {"submission": str(fact.submission)}


def hub() -> Hub:
    """Return the hub of the current application."""
    found: Hub = current_app.extensions["live"]
    return found


def init_app(app: Flask) -> None:
    """Create the hub. It connects when the first page opens a stream."""
    app.extensions["live"] = Hub()
