"""What the database knows of files: which are needed, and which may go."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Photo
from intake.models.photo import BASE, SIZES


def generations(session: Session, status: str) -> dict[uuid.UUID, int]:
    """Id of each photo of a status → the generation of its copies."""
    found = session.execute(select(Photo.id, Photo.generation).where(Photo.status == status))
    return {row.id: row.generation for row in found}


def needed(session: Session) -> list[str]:
    """Names of all files without which a photo could not be cleaned, shown or retouched; first those that go soonest."""
    received = session.scalars(select(Photo).where(Photo.status == "received"))
    originals = [photo.quarantine_name for photo in received]
    clean = session.scalars(select(Photo).where(Photo.status == "clean").execution_options(yield_per=1000))
    return originals + [
        photo.clean_name(size) for photo in clean for size in (*SIZES, *((BASE,) if photo.crop else ()))
    ]
