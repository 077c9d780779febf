"""Seal the original of a photo, keep it until its day, and destroy it."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from sqlalchemy import ColumnElement, Date, cast, delete, exists, func, select, update
from sqlalchemy.orm import Session

from intake.crypto import new_key
from intake.keys import shares
from intake.models import (
    Deletion,
    HolderKey,
    Opening,
    OriginalShare,
    Photo,
    SealedOriginal,
    Submission,
    record,
)
from intake.models.retention.sealed_original import sealed_name

SHARE = "share"
"""Purpose of the shares that are stored with an original."""
Destroyed = tuple[Submission, Photo]


# No repr, because it would show the key.
@dataclass(frozen=True, repr=False)
class Sealing:
    """File name, key and shares of an original that is about to be sealed. The key itself is stored nowhere."""

    number: int
    name: str
    key: bytes
    shares: list[dict[str, object]]


@dataclass(frozen=True)
class OriginalsOnReceipt:
    """Facts for the contributor: last day in UTC on which an original may be kept, or None, and the days of openings."""

    until: date | None
    opened: list[date]


def days(number: int) -> timedelta:
    """Return a number of days."""
    return timedelta(days=number)


def today(session: Session) -> date:
    """Return the day in UTC by the database's clock."""
    now: datetime = session.scalars(select(func.timezone("UTC", func.now()))).one()
    return now.date()


def prepare(photo: Photo, submission_key: bytes, holders: Sequence[HolderKey]) -> Sealing | None:
    """Generate a random key for the original of a photo, and wrap two shares of it for each pair of holders.

    Returns None with fewer than two holders.
    """
    pairs = list(combinations(sorted(holders, key=lambda one: one.id), 2))
    if not pairs:
        return None
    number, key = secrets.randbelow(2**62) + 1, new_key()
    wrapped = []
    for first, second in pairs:
        one, other = shares.split(key)
        wrapped.append({
            "first_id": first.id,
            "second_id": second.id,
            "first_share": shares.wrap(one, first.public, SHARE, photo.id, second.public),
            "second_share": shares.wrap(other, second.public, SHARE, photo.id, first.public),
        })  # fmt: skip
    name = sealed_name(photo.submission_id, photo.id, number)
    return Sealing(number, name, shares.file_key(key, submission_key, photo.id), wrapped)


def keep(session: Session, photo: Photo, sealing: Sealing | None) -> date | None:
    """Record that the original of a photo is sealed. Needs the row lock of its submission.

    Returns the last day on which the original is kept. Returns None if it is not kept: it was not sealed, the
    contributor has withdrawn the permission, or that day is over.
    """
    until = photo.original_until
    if sealing is None or until is None or until < today(session):
        photo.original_until = None
        return None
    session.add(SealedOriginal(
        photo_id=photo.id, submission_id=photo.submission_id, number=sealing.number, until=until
    ))  # fmt: skip
    session.flush()
    session.add_all(OriginalShare(photo_id=photo.id, **one) for one in sealing.shares)
    return until


def is_kept(session: Session, photo_id: uuid.UUID, number: int) -> bool:
    """Return whether the file with this number is the sealed original of a photo."""
    return bool(
        session.scalar(
            select(exists().where(SealedOriginal.photo_id == photo_id, SealedOriginal.number == number))
        )
    )


def names(session: Session) -> set[str]:
    """Return the storage names of all sealed originals."""
    return {
        one.file_name for one in session.scalars(select(SealedOriginal).execution_options(yield_per=1000))
    }


def allow(session: Session, photo: Photo, allowed: int | None) -> None:
    """Let the original of a new photo be kept for a number of days from today. None: do not keep it."""
    photo.original_until = today(session) + days(allowed) if allowed else None


def take_back(session: Session, submission: Submission) -> None:
    """Destroy all originals of a submission, because its contributor withdraws the permission to keep them.

    Originals of photos that are still to be cleaned will not be kept either. Each event that is recorded here has a
    job that deletes the file.
    """
    submission.original_days = None
    for one, photo in destroy(session, SealedOriginal.submission_id == submission.id):
        record(session, "original.taken_back", one, photo=photo)
    _forbid(session, submission)


def destroy_all(session: Session, submission: Submission) -> None:
    """Destroy all originals of a submission that is withdrawn or decided against.

    Each event that is recorded here has a job that deletes the file.
    """
    for one, photo in destroy(session, SealedOriginal.submission_id == submission.id):
        record(session, "original.destroyed", one, photo=photo)
    _forbid(session, submission)


def _forbid(session: Session, submission: Submission) -> None:
    here = (Photo.submission_id == submission.id) & Photo.original_until.is_not(None)
    session.execute(update(Photo).where(here).values(original_until=None))


def destroy_of(session: Session, photo: Photo) -> None:
    """Destroy the original of a photo that its contributor removes. The job that deletes its other files deletes the file."""
    photo.original_until = None
    destroy(session, SealedOriginal.photo_id == photo.id)


def destroy(session: Session, which: ColumnElement[bool]) -> list[Destroyed]:
    """Delete the rows of originals, and with them the shares of their keys. Returns (submission, photo) of each.

    The files can be opened by nobody from then on.
    """
    found = session.execute(
        select(Submission, Photo)
        .join(Photo, Photo.submission_id == Submission.id)
        .join(SealedOriginal, SealedOriginal.photo_id == Photo.id)
        .where(which)
        .order_by(Photo.submission_id, Photo.position)
    ).all()
    if found:
        gone = [photo.id for _, photo in found]
        session.execute(delete(SealedOriginal).where(SealedOriginal.photo_id.in_(gone)))
        session.add(Deletion())
        session.flush()
    for _, photo in found:
        photo.original_until = None
    return [(submission, photo) for submission, photo in found]


def due(session: Session) -> list[uuid.UUID]:
    """Return the ids of submissions with an original whose last day is over."""
    query = select(SealedOriginal.submission_id).where(SealedOriginal.until < today(session))
    return list(session.scalars(query.distinct()))


def for_contributor(session: Session, submission: Submission) -> OriginalsOnReceipt:
    """Return the facts for the contributor. Photos that wait for cleaning count as kept."""
    sealed = select(func.max(SealedOriginal.until)).where(SealedOriginal.submission_id == submission.id)
    waits = (Photo.submission_id == submission.id) & (Photo.status == "received")
    waiting = select(func.max(Photo.original_until)).where(waits)
    until = [last for query in (sealed, waiting) if (last := session.scalar(query))]
    day = cast(func.timezone("UTC", Opening.answered_at), Date)
    opened = select(day).where(Opening.submission_id == submission.id, Opening.state.in_(("open", "ended")))
    return OriginalsOnReceipt(
        max(until, default=None), list(session.scalars(opened.distinct().order_by(day)))
    )


def sealed_until(session: Session, submission_id: uuid.UUID) -> date | None:
    """Return the last day on which sealed originals of a submission are kept, or None."""
    return session.scalar(
        select(func.max(SealedOriginal.until)).where(SealedOriginal.submission_id == submission_id)
    )
