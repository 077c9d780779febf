"""Photos of a draft: added one by one, put in order, removed. Each is cleaned as soon as it has arrived."""

import hmac
import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from intake.errors import LimitReached
from intake.models import Photo, Submission, record
from intake.originals import keeping
from intake.settings import settings
from intake.submissions.removal import blank_photo
from intake.submissions.submit import PhotoDraft, add_photo


def photo_id(key: bytes, token: str) -> uuid.UUID:
    """Return the id of the photo that was uploaded with a one-time token. A repeated upload has the same id.

    A browser derives the token from the file. The id also depends on the draft's `key`, so that nobody who has a copy of
    the file can find out which submission contains it.
    """
    return uuid.UUID(bytes=hmac.digest(key, f"photo id {token}".encode(), "sha256")[:16], version=4)


def new_id(session: Session, submission: Submission, token: str) -> uuid.UUID:
    """Return `photo_id`, or another id if that photo was removed, so that it can be added again."""
    for times in range(_MOST_TIMES):
        found = photo_id(submission.key, f"{token} {times}" if times else token)
        photo = session.get(Photo, found)
        if photo is None or photo.status != "purged":
            break
    return found


_MOST_TIMES = 100


def shown(submission: Submission) -> list[Photo]:
    """Return the photos of a draft in their order, without those that were removed."""
    return [photo for photo in submission.photos if photo.status != "purged"]


def room(submission: Submission) -> int:
    """Return how many more photos the draft may have."""
    return max(0, settings().max_photos - len(shown(submission)))


def add(session: Session, submission: Submission, photo: PhotoDraft) -> bool:
    """Add a photo behind the others. Returns False if it was added before. Raises LimitReached."""
    if session.get(Photo, photo.id):
        return False
    if not room(submission):
        raise LimitReached
    last = max((one.position for one in submission.photos), default=0)
    add_photo(session, submission, photo, last + 1, submission.original_days)
    session.expire(submission, ["photos"])
    submission.touch()
    return True


def remove(session: Session, submission: Submission, photo_id: uuid.UUID) -> None:
    """Remove a photo. The job of the event `photo.left_out` deletes its files."""
    for photo in shown(submission):
        if photo.id == photo_id:
            submission.photo_count -= photo.status == "clean"
            keeping.destroy_of(session, photo)
            blank_photo(photo)
            record(session, "photo.left_out", submission, photo=photo)
            submission.touch()


def move(submission: Submission, photo_id: uuid.UUID, places: int) -> None:
    """Move a photo by a number of places, backwards if it is negative. The first and the last cannot go further."""
    photos = shown(submission)
    here = next((place for place, photo in enumerate(photos) if photo.id == photo_id), None)
    if here is None:
        return
    moved = photos.pop(here)
    photos.insert(max(0, here + places), moved)
    _number(submission, photos)
    submission.touch()


def arrange(submission: Submission, ids: Iterable[uuid.UUID]) -> None:
    """Put the photos into this order. Photos that are not named follow in their present order."""
    before = shown(submission)
    places = {photo_id: place for place, photo_id in enumerate(ids)}
    after = sorted(before, key=lambda photo: places.get(photo.id, len(places)))
    if after != before:
        _number(submission, after)
        submission.touch()


def number(submission: Submission) -> None:
    """Number the photos from 1, so that an editor sees no gaps where photos were removed."""
    _number(submission, shown(submission))


def _number(submission: Submission, photos: list[Photo]) -> None:
    removed = [photo for photo in submission.photos if photo not in photos]
    for position, photo in enumerate([*photos, *removed], start=1):
        photo.position = position
