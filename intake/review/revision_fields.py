"""Details of a revision: everything besides title and text.

They are read from the submission and applied to it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from intake.models import Photo, Submission


@dataclass(frozen=True)
class PhotoWords:
    """Caption, credit and description of a photo. An empty string means none."""

    id: uuid.UUID
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True)
class RevisionFields:
    """Everything besides title and text. Photos are in display order, without refused ones."""

    section: str
    language: str
    region: str = ""
    tags: tuple[str, ...] = ()
    print_name: str = ""
    photos: tuple[PhotoWords, ...] = field(default=())


def current_fields(submission: Submission) -> RevisionFields:
    """Present details of a submission."""
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
    """Make `details` the present details of the submission.

    Photos that `details` does not list come last. Listed photos that no longer exist are ignored.
    """
    submission.section, submission.language = details.section, details.language
    submission.region, submission.print_name = details.region or None, details.print_name or None
    submission.tags = list(details.tags)
    words = {one.id: one for one in details.photos}
    here = {photo.id: photo for photo in _shown(submission)}
    # A refused photo keeps its position, because the desk does not show it.
    places = sorted(photo.position for photo in here.values())
    for place, photo_id in zip(places, _in_order(words, here), strict=True):
        here[photo_id].position = place
    for photo in (here[photo_id] for photo_id in words if photo_id in here):
        one = words[photo.id]
        photo.caption, photo.credit, photo.alt = one.caption or None, one.credit or None, one.alt or None


def to_json(details: RevisionFields) -> dict[str, Any]:
    """Convert details to the JSON of `Revision.details`."""
    kept = asdict(details)
    return kept | {
        "tags": list(details.tags),
        "photos": [one | {"id": str(one["id"])} for one in kept["photos"]],
    }


def from_json(kept: dict[str, Any]) -> RevisionFields | None:
    """Convert JSON from `to_json` back. Returns None for a revision without details."""
    if not kept:
        return None
    photos = tuple(PhotoWords(**(one | {"id": uuid.UUID(one["id"])})) for one in kept["photos"])
    return RevisionFields(**(kept | {"tags": tuple(kept["tags"]), "photos": photos}))


def _shown(submission: Submission) -> list[Photo]:
    """Photos that are clean or still being cleaned."""
    shown = (photo for photo in submission.photos if photo.status in {"clean", "received"})
    return sorted(shown, key=lambda photo: photo.position)


def _in_order(wanted: Iterable[uuid.UUID], here: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    found = list(here)
    return [one for one in wanted if one in found] + [one for one in found if one not in set(wanted)]
