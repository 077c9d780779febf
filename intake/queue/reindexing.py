"""Rewrite all search entries under the current keys, after a key rotation or the upgrade that introduced keys.

Works in short transactions while Transom runs. If interrupted, it can be resumed. Until it has ended, a search looks
for the terms of all generations, and for words in clear if there are entries from before the upgrade.
"""

import uuid
from collections.abc import Iterator

from sqlalchemy import NullPool, exists, select, text
from sqlalchemy.orm import Session

from intake.db import await_older_transactions, connect, transaction
from intake.models import Deletion, SearchEntry, SearchKey, Submission, record
from intake.queue import search_keys
from intake.queue.search_index import index
from intake.settings import settings

BATCH = 50
LOCK_SECONDS = 10
OLD_SECONDS = 300
"""Longest time for which a rewrite waits for transactions that began before it and could still see older terms."""
FILE = text("SELECT pg_relation_filenode('search_entries')")


class NotRewritten(Exception):
    """The table of search entries could not be rewritten, so it may still hold older terms. The message says why."""


def is_needed(session: Session) -> bool:
    """Return whether older keys, or the mark (number 0) of entries in plain text, have not been removed yet."""
    return len(session.scalars(select(SearchKey.number)).all()) > 1 or bool(session.get(SearchKey, 0))


def begin_rotation() -> bool:
    """Add a generation of keys with a new salt. Returns False if an earlier rotation still has to end."""
    with transaction() as session:
        newest = search_keys.current(session)
        if is_needed(session):
            return False
        search_keys.add(session, newest.number + 1)
    return True


def reindex_all(batch: int = BATCH) -> Iterator[int]:
    """Index entries of older generations again, then rewrite the table and remove the older keys.

    Yields the number of entries of each batch. Raises DatabaseUnavailable, also if the table is in use for too long, and NotRewritten.
    """
    with transaction() as session:
        first = search_keys.current(session).first_bucket
    while True:
        after = uuid.UUID(int=0)
        while found := _write_batch(first, after, batch):
            yield len(found)
            after = found[-1]
        # Rewrite before the older keys are removed: while they exist, an interrupted command knows what is left to do.
        _rewrite()
        if _remove_older_keys(first):
            return


def record_rotated(count: int) -> None:
    """Record that a rotation of the search keys has ended. `count` is the number of rewritten entries."""
    with transaction() as session:
        record(session, "search_keys.rotated", submissions=count)


def _write_batch(first: int, after: uuid.UUID, batch: int) -> list[uuid.UUID]:
    """Rewrite the next entries. Row locks make other writers wait, and their newer entries then replace these."""
    with transaction() as session:
        older = select(SearchEntry.submission_id).where(
            SearchEntry.bucket < first, SearchEntry.submission_id > after
        )
        rows = older.order_by(SearchEntry.submission_id).limit(batch).with_for_update()
        found = list(session.scalars(rows))
        for submission_id in found:
            index(session, session.get_one(Submission, submission_id))
    return found


def _rewrite() -> None:
    """Rewrite the table and its indexes without dead rows, which hold older terms, and replace its statistics.

    Searches are blocked in the meantime. Raises NotRewritten if the role lacks the right (PostgreSQL only warns), or if a
    transaction stays open that could still see older rows (PostgreSQL would keep them).
    """
    owner = connect(settings().owner_url, poolclass=NullPool)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{LOCK_SECONDS}s'"))
        if older := await_older_transactions(connection, OLD_SECONDS):
            raise NotRewritten(f"older transactions are still open on the database server: {older}")
        before = connection.scalar(FILE)
        connection.execute(text("VACUUM (FULL, ANALYZE) search_entries"))
        if connection.scalar(FILE) == before:
            raise NotRewritten("the database user does not own it")
        # Transactions that began before the table was analyzed could still see its former statistics.
        if older := await_older_transactions(connection, OLD_SECONDS):
            raise NotRewritten(f"older transactions are still open on the database server: {older}")
        # Without the right to do this, PostgreSQL only warns. That is acceptable, since a scrub does it, too.
        connection.execute(text("VACUUM FULL pg_catalog.pg_statistic"))


def _remove_older_keys(first: int) -> bool:
    """Remove the keys of older generations. Returns False if an entry still uses one of them."""
    with transaction() as session:
        newest = search_keys.current(session).number
        # The lock waits for transactions that are writing an entry under an older key.
        older = session.scalars(select(SearchKey).where(SearchKey.number < newest).with_for_update()).all()
        if session.scalar(select(exists().where(SearchEntry.bucket < first))):
            return False
        for key in older:
            session.delete(key)
        # This row requests a scrub, which removes older terms from the write-ahead log.
        session.add(Deletion())
    return True
