"""Photos of a submission, added without cleaning them."""

import uuid

from intake.db import transaction
from intake.models import Photo

CLEAN = {"format": "jpeg", "width": 4, "height": 3} | {
    f"{size}_key": "x" for size in ("full", "web", "thumb")
}
REFUSED = {"reason": "unreadable"}


def add_photos(submission_id: uuid.UUID, *statuses: str) -> list[uuid.UUID]:
    """Add a photo for each status (clean or refused) and return the ids of the clean ones.

    Each caption is the photo's position.
    """
    added = []
    for place, status in enumerate(statuses, start=1):
        words = CLEAN | {"caption": str(place)} if status == "clean" else REFUSED
        added.append(
            Photo(id=uuid.uuid4(), submission_id=submission_id, position=place, status=status, **words)
        )
    with transaction() as session:
        session.add_all(added)
        return [photo.id for photo in added if photo.status == "clean"]
