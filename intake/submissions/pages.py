"""Pages of one file, such as a fax, each of which becomes a photo of the submission.

The photo that was sent becomes the first page. The photos of the other pages are added when the first one is cleaned.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Photo, Revision, Submission
from intake.settings import settings
from intake.submissions.submit import PhotoDraft, add_photo

NOTE = "page"
"""Note of a photo that is a page: its number and the number of pages."""


@dataclass(frozen=True)
class Page:
    """Number of a page, from 1, and the number of pages of its file."""

    number: int = 1
    total: int = 1

    @property
    def following(self) -> range:
        """Numbers of the pages that become photos once this one is cleaned. Empty unless this is the first."""
        return range(2, self.total + 1) if self.number == 1 else range(0)


def page_of(notes: dict[str, list[int]]) -> Page:
    """Return the page that a photo with these notes shows. A photo of another file is its only page."""
    return Page(*notes.get(NOTE, ()))


def photo_id(first: uuid.UUID, number: int) -> uuid.UUID:
    """Return the id of the photo of page `number`. `first` is the id of the first page's photo.

    A repeated cleaning derives the same ids, so it adds no page twice.
    """
    return uuid.uuid5(first, f"page {number}")


def room(submission: Submission) -> int:
    """Return how many pages the file of a photo of this submission may have. At least 1, for the photo itself."""
    taken = sum(photo.status != "purged" for photo in submission.photos)
    return max(1, settings().max_photos - taken + 1)


def add_following(session: Session, photo: Photo) -> None:
    """Add the photos of the pages after the first, with its caption and credit. Their originals are in quarantine.

    They follow the first page. But if the text names photos by their numbers, they come last, so that numbers stay right.
    """
    page = page_of(photo.notes)
    submission = photo.submission
    after = photo.position
    if page.following and _names_photos_by_number(session, submission):
        after = max(one.position for one in submission.photos)
    make_room(submission, after, len(page.following))
    for number in page.following:
        draft = PhotoDraft(photo_id(photo.id, number))
        add_photo(session, submission, draft, after + number - 1)
        added = session.get_one(Photo, draft.id)
        added.notes = {NOTE: [number, page.total]}
        added.caption, added.credit = photo.caption, photo.credit


def make_room(submission: Submission, after: int, number: int) -> None:
    """Move the photos behind the position `after` by `number` positions."""
    for photo in submission.photos:
        if photo.position > after:
            photo.position += number


def _names_photos_by_number(session: Session, submission: Submission) -> bool:
    first = select(Revision.report).where(Revision.submission_id == submission.id, Revision.number == 1)
    report = session.scalar(first) or {}
    return submission.has_document or "document" in report
