"""What editors asked to be changed of a photo and what is not done yet, as the desk shows it."""

from dataclasses import dataclass
from datetime import datetime

from intake.models import Photo
from intake.photos.retouch import Area, Mark


@dataclass(frozen=True)
class Wish:
    """Asked for, and can be undone. Lengths are parts of the whole photo; `crop` None in a crop means all of it."""

    id: int
    kind: str
    by: str
    due_at: datetime
    marks: list[Mark]
    crop: Area | None


def wishes(photo: Photo) -> list[Wish]:
    """What is still to be done to a photo, in the order in which it will be."""
    return [
        Wish(
            retouch.id,
            retouch.kind,
            retouch.editor.name,
            retouch.due_at,
            [Mark(**mark) for mark in retouch.what.get("marks", [])],
            Area(**retouch.what["crop"]) if retouch.what.get("crop") else None,
        )
        for retouch in photo.retouches
        if retouch.state == "asked"
    ]


def failure(photo: Photo) -> str | None:
    """The kind of the latest retouch if it could not be done."""
    latest = next(reversed(photo.retouches), None)
    return latest.kind if latest is not None and latest.state == "failed" else None
