"""One photo of a submission, with the photos before and after it."""

import uuid
from dataclasses import dataclass

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.review.submission_detail import PhotoSummary, SubmissionDetail


@dataclass(frozen=True)
class PhotoDetail:
    """Clean photo, its number among all clean photos, and the ids of the photos before and after it."""

    photo: PhotoSummary
    number: int
    total: int
    before: uuid.UUID | None
    after: uuid.UUID | None
    changeable: bool


def photo_detail(detail: SubmissionDetail, photo_id: uuid.UUID) -> PhotoDetail:
    """Return a clean photo of a submission. Raises NotFound if no clean photo has the id."""
    clean = [photo for photo in detail.photos if photo.status == "clean"]
    places = [place for place, photo in enumerate(clean) if photo.id == photo_id]
    if not places:
        raise NotFound
    place = places[0]
    return PhotoDetail(
        photo=clean[place],
        number=place + 1,
        total=len(clean),
        before=clean[place - 1].id if place else None,
        after=clean[place + 1].id if place + 1 < len(clean) else None,
        changeable=detail.submission.status not in GONE,
    )
