"""Semaphore for work that needs much memory or time, shared by all threads and processes of a machine.

The hashing of passwords uses it: each hash takes 64 MiB of memory (Argon2id).
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from intake.settings import settings

POLL_SECONDS = 0.02
HASH_WAIT_SECONDS = 15.0
"""Longest time that a login waits for its turn."""
HASH_QUEUE = 6
"""Largest number of threads of one process that wait for their turn: as many as the process has for logins."""
RETRY_SECONDS = 10


class PlacesTaken(Exception):
    """All places are taken, and none became free in time. `retry_after` is in seconds."""

    def __init__(self, retry_after: int = RETRY_SECONDS) -> None:
        super().__init__("all places are taken")
        self.retry_after = retry_after


class SharedPlaces:
    """Semaphore for `places` holders among all processes that use the same `folder`.

    Each place is a locked file. The system releases the lock of a process that dies.
    A thread that holds a place may enter again without another place.
    At most `queue` threads of this process wait, each for at most `wait_seconds`.
    """

    def __init__(self, folder: Path, places: int, *, wait_seconds: float, queue: int) -> None:
        self._folder, self._places, self._wait_seconds = folder, places, wait_seconds
        self._here = threading.BoundedSemaphore(places)
        self._queue = threading.BoundedSemaphore(queue)
        self._held = threading.local()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place during the block. Raises PlacesTaken if none becomes free in time."""
        if getattr(self._held, "yes", False):
            yield
            return
        file = self._take()
        self._held.yes = True
        try:
            yield
        finally:
            self._held.yes = False
            os.close(file)  # releases the lock too
            self._here.release()

    def _take(self) -> int:
        ends = time.monotonic() + self._wait_seconds
        if not self._here.acquire(blocking=False):
            self._wait_here(ends)
        try:
            return self._lock_file(ends)
        except BaseException:
            self._here.release()
            raise

    def _wait_here(self, ends: float) -> None:
        if not self._queue.acquire(blocking=False):
            raise PlacesTaken
        try:
            if not self._here.acquire(timeout=max(0.0, ends - time.monotonic())):
                raise PlacesTaken
        finally:
            self._queue.release()

    def _lock_file(self, ends: float) -> int:
        """Return the open file of a place that no other process holds."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            for number in range(self._places):
                file = os.open(self._folder / str(number), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    os.close(file)
                else:
                    return file
            if time.monotonic() > ends:
                raise PlacesTaken
            time.sleep(POLL_SECONDS)


def hashing() -> SharedPlaces:
    """Return the places for hashing passwords on this machine."""
    return _hashing(settings().data_dir / "locks" / "passwords", settings().password_hashes)


@cache
def _hashing(folder: Path, places: int) -> SharedPlaces:
    return SharedPlaces(folder, places, wait_seconds=HASH_WAIT_SECONDS, queue=HASH_QUEUE)
