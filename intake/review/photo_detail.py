"""One photo of a piece, among its neighbours."""

import uuid
from dataclasses import dataclass

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.review.submission_detail import Picture, SubmissionDetail


@dataclass(frozen=True)
class Closeup:
    """A clean photo, which of how many it is, and the ids of the one before and after it."""

    photo: Picture
    number: int
    total: int
    before: uuid.UUID | None
    after: uuid.UUID | None
    changeable: bool


def closeup(piece: SubmissionDetail, photo_id: uuid.UUID) -> Closeup:
    """A photo of the piece to be looked at; NotFound for one that is not there or not clean."""
    clean = [photo for photo in piece.photos if photo.status == "clean"]
    places = [place for place, photo in enumerate(clean) if photo.id == photo_id]
    if not places:
        raise NotFound
    place = places[0]
    return Closeup(
        photo=clean[place],
        number=place + 1,
        total=len(clean),
        before=clean[place - 1].id if place else None,
        after=clean[place + 1].id if place + 1 < len(clean) else None,
        changeable=piece.submission.status not in GONE,
    )
