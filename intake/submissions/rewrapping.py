"""Wrap stored keys of submissions to the current key pair: after a rotation, and after the upgrade that added key pairs.

Works in short transactions while everything runs, and goes on where it was interrupted. Files are never touched.
"""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from intake import lifecycle
from intake.crypto import KeyFault, keyring
from intake.db import transaction
from intake.keys.files import key_holder
from intake.keys.holders import APPLICATION, RECEIPT
from intake.keys.pair import PublicKey
from intake.models import Submission, SubmissionKey, record

BATCH = 100
# Statuses in which a contributor may still write. Until the contributor enters the receipt, Transom cannot wrap the key
# under it. So on machines without a private key, the application secret must still unwrap the key.
OPEN = (
    lifecycle.UNSENT,
    *(status for lane in ("ours", "theirs", "machine") for status in lifecycle.LANES[lane]),
)


@dataclass
class Rewrapped:
    """Number of submissions whose keys were wrapped anew, and ids of those whose key did not open."""

    done: int = 0
    failed: list[uuid.UUID] = field(default_factory=list)


def rewrap_all(batch: int = BATCH) -> Rewrapped:
    """Wrap all keys to the current pair, and delete copies that are wrapped to other pairs. Returns what was done.

    Raises KeyFault if there is no public key.
    """
    result, after = Rewrapped(), None
    while True:
        with transaction() as session:
            ids = _next(session, key_holder().public(), after, batch)
            for submission_id in ids:
                _rewrap(session, submission_id, result)
        if not ids:
            return result
        after = ids[-1]


def _next(session: Session, public: PublicKey, after: uuid.UUID | None, batch: int) -> list[uuid.UUID]:
    """Return the next ids of submissions with keys to wrap or delete. Locks the rows, so that no purge interferes."""
    query = (
        select(Submission.id)
        .where(exists().where(SubmissionKey.submission_id == Submission.id, _is_in_need(public)))
        .order_by(Submission.id)
        .limit(batch)
        .with_for_update(key_share=True)
    )
    return list(session.scalars(query.where(Submission.id > after) if after else query))


def _is_in_need(public: PublicKey) -> ColumnElement[bool]:
    """Condition on a row of keys: it should be wrapped to the current pair, or may be deleted."""
    other = aliased(SubmissionKey)

    def has(holder: str) -> ColumnElement[bool]:
        return exists().where(other.submission_id == SubmissionKey.submission_id, other.holder == holder)

    is_of_application = SubmissionKey.holder == APPLICATION
    needs_application = and_(Submission.status.in_(OPEN), ~has(RECEIPT))
    is_settled = and_(is_of_application, has(public.id), needs_application)
    return and_(SubmissionKey.holder.not_in([public.id, RECEIPT]), ~is_settled)


def _rewrap(session: Session, submission_id: uuid.UUID, result: Rewrapped) -> None:
    query = select(SubmissionKey).where(SubmissionKey.submission_id == submission_id)
    rows = {row.holder: row for row in session.scalars(query)}
    public = key_holder().public()
    if public.id not in rows:
        try:
            key = _open(rows, submission_id)
        except KeyFault:
            result.failed.append(submission_id)
            return
        wrapped = public.wrap(key, submission_id)
        session.add(SubmissionKey(submission_id=submission_id, holder=public.id, wrapped=wrapped))
    status = session.scalar(select(Submission.status).where(Submission.id == submission_id))
    for holder, row in rows.items():
        is_kept = holder == APPLICATION and status in OPEN and RECEIPT not in rows
        if holder not in {public.id, RECEIPT} and not is_kept:
            session.delete(row)
    result.done += 1


def _open(rows: dict[str, SubmissionKey], submission_id: uuid.UUID) -> bytes:
    if APPLICATION in rows:
        return keyring().unwrap(rows[APPLICATION].wrapped)
    holder = next((holder for holder in rows if holder != RECEIPT), None)
    if holder is None:
        raise KeyFault("This submission has no key but that of its receipt.")
    return key_holder().private(holder).unwrap(rows[holder].wrapped, submission_id)


def record_rotated(key_id: str, done: Rewrapped) -> None:
    """Record that the keys of submissions were wrapped to a new pair."""
    with transaction() as session:
        record(session, "keys.rotated", key=key_id, submissions=done.done, failed=len(done.failed))


def record_destroyed(key_ids: list[str]) -> None:
    """Record that older private keys were destroyed."""
    with transaction() as session:
        record(session, "keys.destroyed", keys=key_ids)


def counts(session: Session) -> dict[str, int]:
    """Return {holder: number of keys that are wrapped for it}."""
    query = select(SubmissionKey.holder, func.count()).group_by(SubmissionKey.holder)
    return dict(session.execute(query).all())
