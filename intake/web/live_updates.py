"""Live updates: events of submissions are passed to the open pages of the desk.

Each web process listens with one thread and one database connection, and only while pages are open.
"""

import logging
import queue
import threading
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import Flask, current_app

from intake import permissions
from intake.accounts import live_streams, sessions
from intake.accounts.live_streams import STREAM_NOTICE
from intake.accounts.sessions import ACCOUNT_NOTICE, SessionLimits
from intake.db import DatabaseUnavailable, NoConnection, listen, transaction
from intake.models.event import LIVE_CHANNEL
from intake.permissions.reach import EVERYTHING, Reach, reach_of
from intake.review.live_facts import facts, facts_after, kind_of, newest
from intake.settings import settings
from intake.translations.interface import ENGLISH
from intake.web.live_messages import LiveMessage, message, presence

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

PLACES = 32
"""Largest number of streams per process.

Each occupies a thread (see serve.py). Further pages poll every 30 s.
"""

RECORDED_AT_ONCE = 2
"""Largest number of streams per process that may be recorded or deleted in the database at the same time.

Streams of one person wait for each other in the database. Without a limit, they could hold all connections.
"""

MAX_WAITING = 100
"""Largest number of messages in the queue of a stream.

If a page reads too slowly, its stream ends and it reconnects.
"""

STREAM_SECONDS = 600  # lifetime of a stream; the browser then reconnects, perhaps to another process
TICK = 1.0  # seconds between checks whether a stream or the listener shall end
READY_SECONDS = 3


@dataclass(frozen=True)
class Viewer:
    """Reader of a stream: session, the action the stream needs, submissions the account may see for it, and language."""

    editor_id: int
    session_id: uuid.UUID
    action: str
    reach: Reach = EVERYTHING
    language: str = ENGLISH


@dataclass(eq=False)
class Stream:
    """Queue of messages for one open page.

    `lost` is set when a message is dropped because the queue is full. `ended` is set when the stream must close:
    the session or the role of its reader has ended, or with `crowded`, the person opened further streams.
    """

    viewer: Viewer | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    waiting: "queue.Queue[str]" = field(default_factory=lambda: queue.Queue(MAX_WAITING))
    lost: bool = False
    crowded: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    def end(self, *, crowded: bool = False) -> None:
        """Make the stream close at once."""
        self.crowded = self.crowded or crowded
        self.ended.set()
        self.put("")  # wakes the reader

    def put(self, text: str) -> None:
        """Add a message without blocking, so that one page cannot delay the others."""
        try:
            self.waiting.put_nowait(text)
        except queue.Full:
            self.lost = True


class Hub:
    """Listener for PostgreSQL notifications of events and of presence. It passes them to every stream."""

    def __init__(
        self, places: int = PLACES, seconds: float = STREAM_SECONDS, limits: SessionLimits | None = None
    ) -> None:
        self.seconds = seconds
        self.limits = limits or SessionLimits.of(settings())
        self.closing = threading.Event()
        self._places = places
        self._lock = threading.Lock()
        self._recording = threading.BoundedSemaphore(RECORDED_AT_ONCE)
        self._ready = threading.Event()
        self._streams: set[Stream] = set()
        self._listener: threading.Thread | None = None

    def join(self, viewer: Viewer | None = None) -> Stream | None:
        """Return a new stream. If the viewer already has MOST_STREAMS, the oldest stream is closed.

        Returns None if the process has its largest number of streams or the database is down.
        """
        stream = Stream(viewer)
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
        if viewer:
            self._register(stream, viewer)
        return stream

    def _register(self, stream: Stream, viewer: Viewer) -> None:
        try:
            with self._recording, transaction() as session:
                live_streams.open_stream(session, stream.id, viewer.editor_id)
        except Exception:
            self.leave(stream)
            raise
        # The session may have ended between the check of this request and the first notice.
        if not self._admits(viewer):
            stream.end()

    def leave(self, stream: Stream) -> None:
        """Remove the stream of a closed page."""
        with self._lock:
            joined = stream in self._streams
            self._streams.discard(stream)
        if joined and stream.viewer:
            with suppress(DatabaseUnavailable, NoConnection), self._recording, transaction() as session:
                live_streams.close_stream(session, stream.id)

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
            except Exception as error:
                # The thread must live on, or all streams of this process would be silent for ever.
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
        self._pass_on(map(message, missed or ()))
        if last is not None:
            self._check_viewers()
        return now

    def _receive(self, connection: "psycopg.Connection[object]", last: int) -> int:
        while self._wanted():
            received = [notice.payload for notice in connection.notifies(timeout=TICK, stop_after=1)]
            numbers = [int(word) for word in received if word.isdigit()]
            others = [word for word in received if not word.isdigit() and not self._obey(word)]
            self._pass_on(map(self._presence, others))
            if numbers:
                with transaction() as session:
                    found = facts(session, numbers)
                self._pass_on(map(message, found))
                last = max(last, *numbers)
        return last

    def _obey(self, notice: str) -> bool:
        """Close the streams that a notice is about. Returns False for other notices."""
        if notice.startswith(STREAM_NOTICE):
            with self._lock:
                crowded = [one for one in self._streams if str(one.id) == notice.removeprefix(STREAM_NOTICE)]
            for stream in crowded:
                stream.end(crowded=True)
            return True
        if notice.startswith(ACCOUNT_NOTICE):
            self._check_viewers(int(notice.removeprefix(ACCOUNT_NOTICE)))
            return True
        return False

    def _check_viewers(self, editor_id: int | None = None) -> None:
        """End the streams whose session or role has ended, of one account or of all."""
        with self._lock:
            streams = [one for one in self._streams if one.viewer]
        for stream in streams:
            viewer = stream.viewer
            if viewer and editor_id in {None, viewer.editor_id} and not self._admits(viewer):
                stream.end()

    def _admits(self, viewer: Viewer) -> bool:
        with transaction() as session:
            roles = permissions.roles_with(viewer.action)
            found = sessions.admitted(session, viewer.session_id, viewer.editor_id, self.limits, roles=roles)
            return found is not None and reach_of(found, viewer.action) == viewer.reach

    def admits(self, viewer: Viewer) -> bool:
        """Return whether a viewer may still read the same submissions. Returns True while the database is down or busy."""
        try:
            return self._admits(viewer)
        except (DatabaseUnavailable, NoConnection):
            return True

    def _presence(self, submission_id: str) -> LiveMessage:
        """Return the message that other editors have opened or left a submission's page."""
        with self._lock:
            is_asked = any(one.viewer and one.viewer.reach.is_limited for one in self._streams)
        if not is_asked:
            return LiveMessage(presence(submission_id))
        with transaction() as session:
            section, language = kind_of(session, uuid.UUID(submission_id)) or ("", "")
        return LiveMessage(presence(submission_id), section, language)

    def _pass_on(self, messages: Iterable[LiveMessage]) -> None:
        batch = list(messages)
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            reach = stream.viewer.reach if stream.viewer else EVERYTHING
            for one in batch:
                if reach.covers(one.section, one.language):
                    stream.put(one.read_in(stream.viewer.language if stream.viewer else ENGLISH))


def hub() -> Hub:
    """Return the hub of the current application."""
    found: Hub = current_app.extensions["live"]
    return found


def init_app(app: Flask) -> None:
    """Create the hub. It connects when the first page opens a stream."""
    app.extensions["live"] = Hub(limits=SessionLimits.of(app.extensions["settings"]))
