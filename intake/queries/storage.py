"""What storage needs to know of the database to tell what may go."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Photo


def photo_ids(session: Session, status: str) -> set[uuid.UUID]:
    """Ids of all photos of a status."""
    return set(session.scalars(select(Photo.id).where(Photo.status == status)))
