"""Passes of a scrub: rewrite tables, rewrite the statistics, and drop old segments of the write-ahead log (WAL).

VACUUM alone leaves deleted rows in the free space of pages. It left 411 of 412 test strings, VACUUM FULL left none.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import errors
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from intake.db import await_older_transactions, owner_reader, transaction
from intake.health.scrub import server, state

LOCK = 0x53435242  # advisory lock, so that one scrub runs at a time; arbitrary: the letters "SCRB"
ARRIVAL = frozenset({"events", "hourly_counts", "jobs", "photos", "recent_texts", "revisions", "submission_keys", "submissions"})  # fmt: skip
"""Tables into which a new submission is written."""
ARRIVAL_SECONDS = 1.0
"""Longest time for which a table of ARRIVAL is locked. A submission that arrives meanwhile has to wait."""
OTHER_SECONDS = 10.0
"""Longest time for which another table is locked."""
LOCK_WAIT = "200ms"
"""Longest time for which a scrub waits for a lock, because other transactions queue behind it."""
LOCK_TRIES = 30
OLD_SECONDS = 300
"""Longest time for which a scrub waits for transactions that began before it and could still see deleted rows."""
Tell = Callable[[str], None]


class Obstructed(Exception):
    """Raised if something temporary, such as a long transaction, prevents a scrub."""


@dataclass(frozen=True)
class ScrubOutcome:
    """Result of a scrub. `problems` are sentences about what it could not do, for admins.

    `followed` is the number of deletions from the tables since the last successful scrub. `is_passing` is true if
    something temporary, such as a locked table, was in the way, so that it is worth trying again soon.
    """

    followed: int
    problems: list[str] = field(default_factory=list)
    is_passing: bool = False


@dataclass(frozen=True)
class Plan:
    """Work that a scrub would do. `sizes` is {table: bytes with its indexes}, in the order of the work."""

    deletions: int
    sizes: dict[str, int]
    missing: list[server.Missing]


def plan() -> Plan:
    """Return what a scrub would do. Changes nothing."""
    with transaction() as session:
        waiting = len(state.deletions(session))
    with owner_reader() as connection:
        return Plan(waiting, _sizes(connection), server.missing(connection))


def scrub(tell: Tell = lambda _: None, *, always: bool = False, seconds: float | None = None) -> ScrubOutcome:
    """Remove deleted rows from the database's files. Does little if nothing was deleted since the last scrub.

    With `always`, it does all work in any case. `seconds` is the longest time for which any table may be locked, instead
    of ARRIVAL_SECONDS and OTHER_SECONDS. An interrupted scrub is begun anew by the next one. Raises DatabaseUnavailable.
    """
    with _connection() as connection:
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
            return ScrubOutcome(0, ["Another scrub is running."], is_passing=True)
        began: datetime = connection.scalars(text("SELECT clock_timestamp()")).one()
        with transaction() as session:
            followed = state.deletions(session)
        problems = [one.sentence for one in server.missing(connection)]
        passing: list[str] = []
        if followed or always:
            passing = _await_older(connection, tell)
            if not passing:
                problems += _rewrite_all(connection, tell, seconds, passing)
                problems += _drop_old_segments(connection, tell)
        with transaction() as session:
            _store(session, began, followed, problems + passing)
    return ScrubOutcome(len(followed), problems + passing, is_passing=bool(passing))


def _store(session: Session, began: datetime, followed: Sequence[int], problems: Sequence[str]) -> None:
    state.store(session, began, followed, list(dict.fromkeys(problems)))


@contextmanager
def _connection() -> Iterator[Connection]:
    """Open a connection whose settings and locks end with the block."""
    with owner_reader() as connection:
        try:
            yield connection
        finally:
            connection.invalidate()


def _sizes(connection: Connection) -> dict[str, int]:
    query = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")
    names = [*server.tables(), server.STATISTICS]
    return {name: connection.scalars(query, {"name": name}).one() for name in names}


def _await_older(connection: Connection, tell: Tell) -> list[str]:
    """Wait for transactions that could still see deleted rows: a rewritten table would keep these rows."""
    older = await_older_transactions(
        connection, OLD_SECONDS, lambda: tell("Waiting for older transactions …")
    )
    return [f"Older transactions are still open on the database server: {older}."] if older else []


def _rewrite_all(connection: Connection, tell: Tell, seconds: float | None, passing: list[str]) -> list[str]:
    """Rewrite every table. Returns sentences about tables that are too large, and adds to `passing` the locked ones."""
    problems = []
    for name, size in _sizes(connection).items():
        tell(f"Rewriting {name}, {size // 1024:,} KB")
        limit = seconds or (ARRIVAL_SECONDS if name in ARRIVAL else OTHER_SECONDS)
        try:
            is_rewritten = _rewrite(connection, name, limit)
        except _Locked:
            passing.append(f"The table {name} was in use.")
        except _TooSlow:
            problems.append(
                f"The table {name} cannot be rewritten within {limit:g} seconds: run `transom scrub --seconds 600` in a quiet hour."
            )
        else:
            if not is_rewritten:
                problems.append(f"The database user may not rewrite the table {name}.")
    return problems


class _Locked(Exception):
    pass


class _TooSlow(Exception):
    pass


def _rewrite(connection: Connection, name: str, limit: float) -> bool:
    """Rewrite a table with its indexes and TOAST table under an exclusive lock, and return whether that was done.

    PostgreSQL skips a table with a warning if the right is missing.
    """
    node = text("SELECT pg_relation_filenode(CAST(:name AS regclass))")
    before = connection.scalar(node, {"name": name})
    for _ in range(LOCK_TRIES):
        connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}'"))
        connection.execute(text(f"SET statement_timeout = {int(limit * 1000)}"))
        try:
            connection.execute(text(f"VACUUM (FULL) {name}"))
        except DBAPIError as error:
            if isinstance(error.orig, errors.LockNotAvailable):
                time.sleep(0.5)
                continue
            if isinstance(error.orig, errors.QueryCanceled):
                raise _TooSlow from None
            raise
        finally:
            if not connection.invalidated:
                connection.execute(text("SET lock_timeout = 0"))
                connection.execute(text("SET statement_timeout = 0"))
        if name != server.STATISTICS:
            connection.execute(text(f"ANALYZE {name}"))
        return bool(connection.scalar(node, {"name": name}) != before)
    raise _Locked


LEFT = text("SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name <= :last")
AHEAD = text(
    "SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'"
    " AND name > pg_walfile_name(pg_current_wal_insert_lsn())"
)
# Write a message to the WAL first, because PostgreSQL does not close a segment without records.
CLOSE = (
    text("SELECT pg_logical_emit_message(false, 'transom', '')"),
    text("SELECT pg_walfile_name(pg_switch_wal())"),
)
MOST_SEGMENTS = 512


def _drop_old_segments(connection: Connection, tell: Tell) -> list[str]:
    """Close the WAL segment, and make the server drop the older ones, which hold every row as it was written.

    A server with `wal_recycle` renames old segments for later use. These are used up: PostgreSQL fills what is left of a
    segment with zeros when it closes it.
    """
    tell("Starting checkpoints, and new segments of the server’s log")
    try:
        connection.execute(text("CHECKPOINT"))
        last = _close(connection)
        connection.execute(text("CHECKPOINT"))
        left = connection.scalar(LEFT, {"last": last})
        for _ in range(MOST_SEGMENTS):
            # The current segment may itself be a renamed old one. Only when none is left ahead, the next segment is new.
            ahead = connection.scalar(AHEAD)
            _close(connection)
            if not ahead:
                break
        connection.execute(text("CHECKPOINT"))
    except DBAPIError as error:
        if isinstance(error.orig, errors.InsufficientPrivilege):
            return []  # `server.missing` has already reported the missing right.
        raise
    left = (left or 0) + (ahead or 0)
    return [f"The server still keeps old segments of its log: {left}."] if left else []


def _close(connection: Connection) -> str:
    message, switch = CLOSE
    connection.execute(message)
    return str(connection.scalar(switch))
