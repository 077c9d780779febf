"""Seal (encrypt) words that earlier versions of Transom stored in clear.

Works in short transactions while everything runs, and goes on where it was interrupted. Until it has ended, Transom reads
both forms. Then the tables are rewritten, so that their files on disk no longer contain words in clear.
"""

import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from psycopg import errors
from sqlalchemy import ColumnElement, Connection, func, or_, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from intake.crypto import KeyFault
from intake.db import await_older_transactions, owner_reader, transaction
from intake.keys.sealed_words import CLEAR
from intake.models import (
    Batch,
    Decision,
    Deletion,
    Draft,
    LegalHold,
    Message,
    Note,
    Opening,
    Photo,
    PublicationNote,
    ReadingLink,
    Reply,
    Revision,
    Submission,
)
from intake.models.sealing.clear_words import ClearWords
from intake.models.sealing.words import WithWords

OF_SUBMISSIONS: tuple[type[Any], ...] = (
    Submission,
    Revision,
    Photo,
    Decision,
    Message,
    Note,
    PublicationNote,
    Draft,
    ReadingLink,
    LegalHold,
    Opening,
)
"""Models whose words are sealed under the key of a submission."""
OTHERS: tuple[type[Any], ...] = (Batch, Reply)
"""Models whose words are sealed under the desk's secret."""
BATCH = 20
LOCK_WAIT = "200ms"
"""Longest time for which a rewrite waits for its lock, because other queries on the table queue up behind it."""
LOCK_TRIES = 150
OLD_SECONDS = 300
"""Longest time for which a rewrite waits for transactions that could still see words in clear."""


class TableNotRewritten(Exception):
    """A table could not be rewritten, so its files may still hold words in clear. The message says why."""


@dataclass
class Sealed:
    """Number of submissions and other rows whose words were sealed, and ids of submissions whose key did not open."""

    done: int = 0
    failed: set[uuid.UUID] = field(default_factory=set)


def is_needed(session: Session) -> bool:
    """Return whether there are words in clear, or old copies of them in the files of tables."""
    return session.scalar(select(ClearWords.name).limit(1)) is not None


def seal_all(batch: int = BATCH) -> Iterator[Sealed]:
    """Seal all words in clear, then rewrite their tables. Yields what was done so far, after each batch and at the end.

    Raises DatabaseUnavailable, and TableNotRewritten.
    """
    result = Sealed()
    yield from _seal_all(result, batch)
    with transaction() as session:
        names = list(session.scalars(select(ClearWords.name).order_by(ClearWords.name)))
    for name in names:
        model = next((one for one in (*OF_SUBMISSIONS, *OTHERS) if one.__tablename__ == name), None)
        if model is None or not _has_clear(model):
            _rewrite(name)
            _forget(name)
    yield result


def _seal_all(result: Sealed, batch: int) -> Iterator[Sealed]:
    """Go over all rows until none is left that can be sealed. Skips locked rows, and retries them in the next round."""
    for model in OTHERS:
        while _seal_others(model, result, batch):
            yield result
    before = -1
    while result.done > before and any(map(_has_clear, OF_SUBMISSIONS)):
        before, after = result.done, uuid.UUID(int=0)
        while found := _seal_batch(after, result, batch):
            yield result
            after = found[-1]


def _seal_batch(after: uuid.UUID, result: Sealed, batch: int) -> list[uuid.UUID]:
    """Seal the words of the next submissions, each under the row lock that every change of a submission takes."""
    with transaction() as session:
        ids = select(Submission.id).where(Submission.id > after).order_by(Submission.id).limit(batch)
        found = list(session.scalars(ids))
        locked = ids.where(Submission.id.in_(found)).with_for_update(skip_locked=True)
        rows: dict[uuid.UUID, list[Any]] = {submission_id: [] for submission_id in session.scalars(locked)}
        for model in OF_SUBMISSIONS:
            under = getattr(model, model.SEALED_UNDER)
            clear = select(model).where(under.in_(list(rows)), _is_clear(model))
            for row in session.scalars(clear.with_for_update()):
                rows[getattr(row, model.SEALED_UNDER)].append(row)
        for submission_id, of_it in rows.items():
            _seal_submission(session, submission_id, of_it, result)
    return found


def _seal_submission(session: Session, submission_id: uuid.UUID, rows: list[Any], result: Sealed) -> None:
    is_purged = session.get_one(Submission, submission_id).status == "purged"
    try:
        with session.begin_nested():
            _seal_rows(rows, is_purged=is_purged)
    except KeyFault:
        result.failed.add(submission_id)
    else:
        result.done += bool(rows)
        result.failed.discard(submission_id)


def _seal_others(model: type[Any], result: Sealed, batch: int) -> int:
    with transaction() as session:
        rows = session.scalars(select(model).where(_is_clear(model)).limit(batch).with_for_update()).all()
        for row in rows:
            _seal_other(session, row)
        result.done += len(rows)
    return len(rows)


def _seal_other(session: Session, row: Any) -> None:
    """Seal the words of a row. Adds the row's id to its name if a newer row has the same name, because names are unique."""
    try:
        with session.begin_nested():
            _seal_rows([row])
    except IntegrityError:
        session.refresh(row)
        row.name_sealed = CLEAR + f"{row.name} ({row.id})".encode()
        _seal_rows([row])


def _seal_rows(rows: Iterable[WithWords], *, is_purged: bool = False) -> None:
    """Seal words in clear. A purged submission has no key and at most placeholders, so these are emptied instead."""
    for row in rows:
        for words in row.WORDS:
            if (getattr(row, words.attribute) or b"")[:1] == CLEAR:
                if is_purged:
                    setattr(row, words.attribute, b"")
                else:
                    words.seal_again(row)


def _is_clear(model: type[Any]) -> ColumnElement[bool]:
    return or_(*(func.substr(getattr(model, words.attribute), 1, 1) == CLEAR for words in model.WORDS))


def _has_clear(model: type[Any]) -> bool:
    with transaction() as session:
        return session.scalar(select(_is_clear(model)).where(_is_clear(model)).limit(1)) is not None


def _rewrite(name: str) -> None:
    """Rewrite a table and its indexes without old versions of rows, and replace the statistics. Blocks other users meanwhile.

    Raises TableNotRewritten if the role may not do it (PostgreSQL only warns), if the table is always in use, or if a
    transaction stays open that could still see old row versions (PostgreSQL would keep them).
    """
    with owner_reader() as connection:
        if older := await_older_transactions(connection, OLD_SECONDS):
            raise TableNotRewritten(f"Older transactions are still open on the database server: {older}.")
        node = text("SELECT pg_relation_filenode(CAST(:name AS regclass))")
        before = connection.scalar(node, {"name": name})
        connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}'"))
        for _ in range(LOCK_TRIES):
            if _vacuum(connection, name):
                break
            time.sleep(0.2)
        if connection.scalar(node, {"name": name}) == before:
            raise TableNotRewritten(
                f"The table {name} is always in use, or the database user may not rewrite it."
            )
        # Transactions that began before the table was analyzed could still see its former statistics.
        if older := await_older_transactions(connection, OLD_SECONDS):
            raise TableNotRewritten(f"Older transactions are still open on the database server: {older}.")
        # May have no effect, because not every owner of tables may rewrite a catalogue. A scrub does so later, too.
        _vacuum(connection, "pg_catalog.pg_statistic", analyze=False)


def _vacuum(connection: Connection, name: str, *, analyze: bool = True) -> bool:
    """Rewrite a table. Returns False if another connection holds a lock on it."""
    try:
        connection.execute(text(f"VACUUM (FULL{', ANALYZE' if analyze else ''}) {name}"))
    except DBAPIError as error:
        if isinstance(error.orig, errors.LockNotAvailable):
            return False
        raise
    return True


def _forget(name: str) -> None:
    """Record that a table has no words in clear any more. The next scrub then removes them from the write-ahead log."""
    with transaction() as session:
        row = session.get(ClearWords, name)
        if row is not None:
            session.delete(row)
            session.add(Deletion())
