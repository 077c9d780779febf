"""Search for the bytes of marks and of wrapped keys in all files of an installation, also while it works."""

import contextlib
import os
import stat
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.whole import MARKS, Whole

if TYPE_CHECKING:
    import psycopg

PART = 1 << 20
TEMPORARY = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"))
OF_TESTS = ("transom-test-", "pytest-of-")
"""Beginnings of the names of folders that tests/servers.py and pytest make."""
WRAPPED = (
    "SELECT wrapped FROM submission_keys UNION ALL SELECT wrapped FROM link_keys UNION ALL SELECT wrapped FROM opening_shares"
    " UNION ALL SELECT unnest(ARRAY[first_share, second_share]) FROM original_shares"
)


def keys(connection: "psycopg.Connection[Any]") -> list[bytes]:
    """Return all wrapped keys of submissions, of reading links and of originals, with their shares."""
    return [bytes(row[0]) for row in connection.execute(WRAPPED)]


def temporary() -> set[Path]:
    """Return all entries of the folders for temporary files, except those of test runs."""
    found = {entry for folder in TEMPORARY for entry in folder.iterdir()}
    return {entry for entry in found if not entry.name.startswith(OF_TESTS)}


def search(roots: Iterable[Path], *wanted: list[bytes]) -> list[dict[str, int]]:
    """Return {kind of file: number of files} for each list: files below the roots that contain an item of the list."""
    found = [Counter[str]() for _ in wanted]
    for path in {path.resolve() for root in roots for path in _files(root)}:
        for number in _held(path, wanted):
            found[number][_kind(path)] += 1
    return [dict(one) for one in found]


@dataclass
class Traces:
    """Search of an installation's files and log, of `folders`, and of temporary files that are not in `before`."""

    whole: Whole
    before: set[Path]
    folders: list[Path] = field(default_factory=list)
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def find(self, *wanted: list[bytes]) -> list[dict[str, int]]:
        """Return {kind of file: number of files} for each list: files that contain an item of the list."""
        settings = self.whole.settings
        roots = {settings.data_dir, settings.run_dir, self.whole.log, *self.folders, *self._temporary()}
        return search(roots, *wanted)

    def passing(self, wanted: list[bytes]) -> dict[str, int]:
        """Like `find`, for files that come and go: temporary ones, those of `folders`, and open ones without a name.

        Files that did not change since the last call are left out.
        """
        found = Counter[str]()
        named = [path for root in (*self._temporary(), *self.folders) for path in _files(root)]
        for path in (*filter(self._has_changed, named), *self._nameless()):
            if _held(path, [wanted]):
                found[_kind(path)] += 1
        return dict(found)

    @contextlib.contextmanager
    def watched(self, wanted: list[bytes]) -> Iterator["Watch"]:
        """Call `passing` five times a second until the block ends."""
        watch, stop = Watch(), threading.Event()

        def look() -> None:
            while True:
                watch.found.update(self.passing(wanted))
                watch.looks += 1
                if stop.wait(0.2):
                    return

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield watch
        finally:
            stop.set()
            thread.join()

    def _has_changed(self, path: Path) -> bool:
        with contextlib.suppress(OSError):
            seen = path.lstat()
            state = (seen.st_mtime_ns, seen.st_size)
            if self._seen.get(path) != state:
                self._seen[path] = state
                return True
        return False

    def _temporary(self) -> set[Path]:
        return temporary() - self.before

    def _nameless(self) -> Iterator[Path]:
        """Open files of the processes that were deleted or never had a name. Such files can be read through /proc."""
        for pid in {pid for name in MARKS for pid in self.whole.pids(name)}:
            with contextlib.suppress(OSError):
                for descriptor in Path(f"/proc/{pid}/fd").iterdir():
                    with contextlib.suppress(OSError):
                        if descriptor.readlink().name.endswith(" (deleted)"):
                            yield descriptor


@dataclass
class Watch:
    """Result of `watched`. `found`: kind of file → number of hits. `looks` is the number of searches."""

    found: Counter[str] = field(default_factory=Counter)
    looks: int = 0


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, _, names in os.walk(root):
        yield from (Path(folder) / name for name in names)


def _held(path: Path, wanted: Sequence[list[bytes]]) -> set[int]:
    """Return the indexes of the lists of which the file contains an item."""
    # A file that has disappeared in the meantime contains nothing.
    with contextlib.suppress(OSError):
        if stat.S_ISREG(path.stat().st_mode):
            return _held_by(path, [_Words.of(tuple(words)) for words in wanted])
    return set()


def _held_by(path: Path, wanted: Sequence["_Words"]) -> set[int]:
    """Read a file in parts that overlap."""
    overlap = max(words.longest for words in wanted)
    before, held = b"", set[int]()
    with path.open("rb") as file:
        while part := file.read(PART):
            seen = before + part
            # Skip parts that are all zeros, which files of PostgreSQL often are.
            if seen.strip(b"\0"):
                held |= {
                    number for number, words in enumerate(wanted) if number not in held and words.is_in(seen)
                }
            before = seen[-overlap:]
    return held


WINDOW = 8


class _Words:
    """Fast search for many byte strings. Searching for thousands of keys one by one takes a second per megabyte.

    `is_in` compares WINDOW bytes at regular steps. The step is so small that no occurrence of a word is skipped.
    """

    def __init__(self, words: Sequence[bytes]) -> None:
        self._words = words
        self.longest = max(map(len, words), default=1)
        self._step = min(map(len, words), default=WINDOW) - WINDOW + 1
        self._windows = {word[at : at + WINDOW] for word in words for at in range(len(word) - WINDOW + 1)}

    @staticmethod
    @cache
    def of(words: tuple[bytes, ...]) -> "_Words":
        return _Words(words)

    def is_in(self, seen: bytes) -> bool:
        """Return whether `seen` contains one of the words."""
        found = (seen[at : at + WINDOW] in self._windows for at in range(0, len(seen), self._step))
        return any(found) and any(word in seen for word in self._words)


def _kind(path: Path) -> str:
    parts = path.parts
    if "pg_wal" in parts:
        return "write-ahead log"
    if parts[:2] == ("/", "proc"):
        return "open file without a name"
    return "tables" if path.parent.parent.name == "base" else path.name
