"""All of a piece besides title and text, as it stands at a revision: taken from the columns of now, and put back there."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from intake.models import Photo, Submission


@dataclass(frozen=True)
class PhotoWords:
    """What stands beside a photo. No word is an empty string."""

    id: uuid.UUID
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True)
class RevisionFields:
    """Everything but title and text; the photos are in the order in which they are to stand, without those that were refused."""

    section: str
    language: str
    region: str = ""
    tags: tuple[str, ...] = ()
    print_name: str = ""
    photos: tuple[PhotoWords, ...] = field(default=())


def current_fields(submission: Submission) -> RevisionFields:
    """As they are now."""
    return RevisionFields(
        section=submission.section,
        language=submission.language,
        region=submission.region or "",
        tags=tuple(submission.tags or ()),
        print_name=submission.print_name or "",
        photos=tuple(
            PhotoWords(photo.id, photo.caption or "", photo.credit or "", photo.alt or "")
            for photo in _shown(submission)
        ),
    )


def apply_fields(submission: Submission, details: RevisionFields) -> None:
    """Make them the details of now. Photos that they do not know come last; photos that are no more are passed over."""
    submission.section, submission.language = details.section, details.language
    submission.region, submission.print_name = details.region or None, details.print_name or None
    submission.tags = list(details.tags)
    words = {one.id: one for one in details.photos}
    here = {photo.id: photo for photo in _shown(submission)}
    # A photo that was refused keeps its place: nobody at the desk could see it move.
    places = sorted(photo.position for photo in here.values())
    for place, photo_id in zip(places, _in_order(words, here), strict=True):
        here[photo_id].position = place
    for photo in (here[photo_id] for photo_id in words if photo_id in here):
        one = words[photo.id]
        photo.caption, photo.credit, photo.alt = one.caption or None, one.credit or None, one.alt or None


def to_json(details: RevisionFields) -> dict[str, Any]:
    """As `Revision.details` keeps them."""
    kept = asdict(details)
    return kept | {
        "tags": list(details.tags),
        "photos": [one | {"id": str(one["id"])} for one in kept["photos"]],
    }


def from_json(kept: dict[str, Any]) -> RevisionFields | None:
    """What `stored` wrote; None for a revision of before there were any."""
    if not kept:
        return None
    photos = tuple(PhotoWords(**(one | {"id": uuid.UUID(one["id"])})) for one in kept["photos"])
    return RevisionFields(**(kept | {"tags": tuple(kept["tags"]), "photos": photos}))


def _shown(submission: Submission) -> list[Photo]:
    """The clean ones, and at first those that are still being cleaned."""
    shown = (photo for photo in submission.photos if photo.status in {"clean", "received"})
    return sorted(shown, key=lambda photo: photo.position)


def _in_order(wanted: Iterable[uuid.UUID], here: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    found = list(here)
    return [one for one in wanted if one in found] + [one for one in found if one not in set(wanted)]
