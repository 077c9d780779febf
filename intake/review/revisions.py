"""Content of revisions, and comparison of two contents."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only, selectinload

from intake.errors import NotFound
from intake.models import Revision, Submission
from intake.plurals import READER, desk_noop
from intake.review.cleaning_report import CAPTION_OF, CREDIT_OF
from intake.review.revise import Edit
from intake.review.revision_fields import PhotoWords, RevisionFields, current_fields, from_json
from intake.text.compare import ComparisonRow, compare_lines, compare_texts
from intake.text.html.placements import placed

GONE_PHOTO = desk_noop("A photo that is no longer there")
PHOTO = desk_noop("Photo %(number)s")
PHOTO_WITH_CAPTION = desk_noop("Photo %(number)s: %(caption)s")
DESCRIPTION_OF = desk_noop("Description of photo %(number)s")


@dataclass(frozen=True, repr=False)
class Content:
    """Content of a revision.

    `html` is clean but not rendered. `author` is None for the contributor. `details` is None for a revision
    without details.
    """

    number: int
    title: str
    html: str
    details: RevisionFields | None
    author: str | None
    created_at: datetime
    note: str | None


def content(session: Session, submission_id: uuid.UUID, number: int) -> Content:
    """Return the content of one revision. Raises NotFound, also for revision 0, which is not cleaned."""
    found = _revision(session, submission_id, number)
    return _content(found, from_json(found.details))


def current(session: Session, submission_id: uuid.UUID) -> Content:
    """Return the newest revision with the submission's current details. Raises NotFound."""
    submission = session.get(Submission, submission_id, options=[selectinload(Submission.photos)])
    if submission is None:
        raise NotFound
    return _content(_revision(session, submission_id, None), current_fields(submission))


@dataclass(frozen=True, repr=False)
class SavedRevision:
    """Revision that somebody saved. `author` is None for the contributor."""

    number: int
    author: str | None
    note: str | None
    created_at: datetime


def saved_after(session: Session, submission_id: uuid.UUID, number: int) -> list[SavedRevision]:
    """Return the revisions after revision `number`, oldest first."""
    # As in `_revision`, a larger number does not fit the column.
    if number >= 2**31:
        return []
    found = session.scalars(
        select(Revision)
        .where(Revision.submission_id == submission_id, Revision.number > number)
        .options(
            selectinload(Revision.editor),
            load_only(Revision.submission_id, Revision.number, Revision.note_sealed, Revision.created_at),
        )
        .order_by(Revision.number)
    )
    return [
        SavedRevision(one.number, one.editor.name if one.editor else None, one.note, one.created_at)
        for one in found
    ]


def edited(now: Content, edit: Edit) -> Content:
    """Return the content that `edit` would produce from the content `now`."""
    return replace(now, title=edit.title, html=edit.html, details=edit.details or now.details)


def _revision(session: Session, submission_id: uuid.UUID, number: int | None) -> Revision:
    shown = (
        select(Revision)
        .join(Revision.submission)
        .where(Revision.submission_id == submission_id, Revision.number > 0, Submission.status != "purged")
        .options(selectinload(Revision.editor))
        .order_by(Revision.number.desc())
        .limit(1)
    )
    # A larger number does not fit the column, so no such revision exists.
    if number is not None and number >= 2**31:
        raise NotFound
    found = session.scalar(shown if number is None else shown.where(Revision.number == number))
    if found is None:
        raise NotFound
    return found


def _content(revision: Revision, details: RevisionFields | None) -> Content:
    return Content(
        revision.number,
        revision.title or "",
        revision.html or "",
        details,
        revision.editor.name if revision.editor else None,
        revision.created_at,
        revision.note,
    )


@dataclass(frozen=True)
class Detail:
    """Field that differs. `html` shows the difference, and is verified as safe to render.

    `photo` is the id of the photo that the field belongs to, or None.
    """

    label: str
    html: Markup
    photo: uuid.UUID | None = None


@dataclass(frozen=True)
class Comparison:
    """Differences between two contents.

    `text` has the changed passages and `details` the changed fields. `order` has the photo numbers before
    and after, or None if the order is the same. `incomplete` is true if a revision has no details.
    """

    details: list[Detail] = field(default_factory=list)
    text: list[ComparisonRow] = field(default_factory=list)
    order: tuple[list[int], list[int]] | None = None
    incomplete: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether there is no difference."""
        return not (self.details or self.text or self.order)


def compare(before: Content, after: Content) -> Comparison:
    """Compare two contents."""
    one, other = before.details, after.details
    known = one is not None and other is not None
    details = list(_lines(READER.gettext("Title"), before.title, after.title))
    order = None
    if one is not None and other is not None:
        details += [*_fields(one, other), *_photos(one, other), *_featured(one, other)]
        order = _order(one, other)
    text = _text(before.html, after.html, photo_names(one) | photo_names(other))
    return Comparison(details, text, order, incomplete=not known)


def photo_names(details: RevisionFields | None) -> dict[str, str]:
    """Return {id: name} of the photos, such as `Photo 2: The door`."""
    photos = details.photos if details else ()
    return {
        str(photo.id): READER.gettext(PHOTO_WITH_CAPTION) % {"number": place, "caption": photo.caption}
        if photo.caption
        else READER.gettext(PHOTO) % {"number": place}
        for place, photo in enumerate(photos, start=1)
    }


def _text(before: str, after: str, photos: dict[str, str]) -> list[ComparisonRow]:
    names = {
        str(one): READER.gettext(GONE_PHOTO) for html in (before, after) for one in placed(html)
    } | photos
    found = compare_texts(before, after, photos=names)
    return [replace(row, html=Markup(row.html)) for row in found]  # noqa: S704 - verified where it was made


def _lines(label: str, old: str, new: str, photo: uuid.UUID | None = None) -> Iterator[Detail]:
    if old != new:
        yield Detail(label, Markup(compare_lines(old, new)), photo)  # noqa: S704 - verified where it was made


def _fields(one: RevisionFields, other: RevisionFields) -> Iterator[Detail]:
    before, after = one.in_words(), other.in_words()
    for label, words in before.items():
        yield from _lines(label, words, after[label])


def _photos(one: RevisionFields, other: RevisionFields) -> Iterator[Detail]:
    """Yield the differences of captions, credits and descriptions. Photos are numbered by their new order."""
    before = {photo.id: photo for photo in one.photos}
    for place, photo in enumerate(other.photos, start=1):
        old = before.get(photo.id, PhotoWords(photo.id))
        yield from _lines(
            READER.gettext(CAPTION_OF) % {"number": place}, old.caption, photo.caption, photo.id
        )
        yield from _lines(READER.gettext(CREDIT_OF) % {"number": place}, old.credit, photo.credit, photo.id)
        yield from _lines(READER.gettext(DESCRIPTION_OF) % {"number": place}, old.alt, photo.alt, photo.id)


def _featured(one: RevisionFields, other: RevisionFields) -> Iterator[Detail]:
    names = photo_names(one) | photo_names(other)
    old, new = (
        next((names[str(photo.id)] for photo in details.photos if photo.featured), "")
        for details in (one, other)
    )
    yield from _lines(READER.gettext("Featured photo"), old, new)


def _order(one: RevisionFields, other: RevisionFields) -> tuple[list[int], list[int]] | None:
    """Return the old numbers of the photos that both contents have, in the old and in the new order.

    Returns None if the order is the same.
    """
    both = {photo.id for photo in one.photos} & {photo.id for photo in other.photos}
    numbers = {photo.id: place for place, photo in enumerate(one.photos, start=1)}
    old, new = ([numbers[p.id] for p in details.photos if p.id in both] for details in (one, other))
    return (old, new) if old != new else None
