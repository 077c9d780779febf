"""What storage needs to know of the database to tell what may go."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Photo


def generations(session: Session, status: str) -> dict[uuid.UUID, int]:
    """Id of each photo of a status → the generation of its copies."""
    found = session.execute(select(Photo.id, Photo.generation).where(Photo.status == status))
    return {row.id: row.generation for row in found}
