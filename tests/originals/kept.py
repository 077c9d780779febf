"""Submissions whose originals are kept, and a clock that tests move."""

import uuid
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from intake.db import transaction
from intake.models import Event, Opening, Photo, SealedOriginal, Submission
from intake.storage import files
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps

MARK = "CNRYoriginal"
PICTURE = jpeg_with_gps(64, 48, MARK)


def send(contributor: Contributor, run_jobs: RunJobs, *photos: bytes, days: int | None = 30) -> uuid.UUID:
    """Send photos whose originals may be kept for these days, and clean them. Returns the id of the submission."""
    draft = replace(contributor.draft(*(photos or (PICTURE,))), original_days=days)
    ident = contributor.send(draft)
    run_jobs()
    return ident


def sealed() -> list[SealedOriginal]:
    """Return the rows of all sealed originals."""
    with transaction() as session:
        return list(session.scalars(select(SealedOriginal)))


def stored(area: str = "sealed") -> list[str]:
    """Return the names of the files in a storage area."""
    return sorted(one.name for one in files().listing(area))


def photo_of(submission_id: uuid.UUID) -> Photo:
    """Return the first photo of a submission."""
    with transaction() as session:
        query = select(Photo).where(Photo.submission_id == submission_id).order_by(Photo.position)
        return session.scalars(query.limit(1)).one()


def events(*prefixes: str) -> list[str]:
    """Return the names of the events about originals and openings, in their order."""
    wanted = prefixes or ("original.", "opening.")
    with transaction() as session:
        found = session.scalars(select(Event.name).order_by(Event.id))
        return [name for name in found if name.startswith(wanted)]


def pass_days(days: int) -> None:
    """Let days pass for originals."""
    with transaction() as session:
        for table, column in ((SealedOriginal, "until"), (Photo, "original_until")):
            moved = {column: getattr(table, column) - timedelta(days=days)}
            session.execute(update(table).values(moved))


def pass_minutes(minutes: int) -> None:
    """Let minutes pass for openings."""
    with transaction() as session:
        session.execute(update(Opening).values(ends_at=Opening.ends_at - timedelta(minutes=minutes)))


def key_of(submission_id: uuid.UUID) -> bytes:
    """Return the key of a submission, as a worker has it."""
    with transaction() as session:
        return session.get_one(Submission, submission_id).key
