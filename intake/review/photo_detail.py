"""One photo of a detail, among its neighbours."""

import uuid
from dataclasses import dataclass

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.review.submission_detail import PhotoSummary, SubmissionDetail


@dataclass(frozen=True)
class PhotoDetail:
    """A clean photo, which of how many it is, and the ids of the one before and after it."""

    photo: PhotoSummary
    number: int
    total: int
    before: uuid.UUID | None
    after: uuid.UUID | None
    changeable: bool


def photo_detail(detail: SubmissionDetail, photo_id: uuid.UUID) -> PhotoDetail:
    """A photo of the detail to be looked at; NotFound for one that is not there or not clean."""
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
