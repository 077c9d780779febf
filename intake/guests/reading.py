"""Text and photos that a guest sees of a submission, and the notes that the guest leaves.

Nothing else of the submission is loaded into these values: no contact, no name, no notes of editors, no history.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake.errors import LimitReached, NotFound
from intake.guests.links import Visit
from intake.models import Note, Photo, ReadingLink, Revision, record
from intake.models.lookup import newest_texts
from intake.notifications.notify import notify
from intake.text import render
from intake.text.html import placements
from intake.text.words import size, visible

NOTE_LIMIT = 20
"""Notes that a guest may leave with one link."""


@dataclass(frozen=True)
class GuestPhoto:
    """Clean photo for a guest. `is_changing` is true while a redaction or crop waits: the photo is not shown then."""

    id: uuid.UUID
    position: int
    caption: str
    alt: str
    width: int
    height: int
    graphic: bool
    generation: int
    is_changing: bool

    @property
    def described(self) -> str:
        """Text alternative for the photo."""
        return f"Photo {self.position}: {self.alt or self.caption or 'no caption'}"


@dataclass(frozen=True)
class GuestNote:
    """Note that this guest has left."""

    body: str
    at: datetime


@dataclass(frozen=True)
class GuestPage:
    """Current text, photos and own notes of a guest. `html` is safe to render. `notes_left` is how many more may follow."""

    name: str
    expires_at: datetime
    allows_download: bool
    shows_photos: bool
    title: str
    html: Markup
    language: str
    words: int
    minutes: int
    photos: list[GuestPhoto]
    notes: list[GuestNote]
    notes_left: int

    @property
    def parts(self) -> list[tuple[Markup, GuestPhoto | None]]:
        """Pieces of the text, each with the photo that an editor placed behind it, or None if it is not shown."""
        shown = {photo.id: photo for photo in self.photos}
        return [
            (Markup(html), shown.get(photo) if photo else None)  # noqa: S704 - a piece of verified HTML
            for html, photo in placements.parts(self.html)
        ]


def guest_page(visit: Visit) -> GuestPage:
    """Return the page of a guest: the newest text, and the clean photos if the link shows photos.

    Raises NotFound if there is no clean text.
    """
    session, link, submission = visit.session, visit.link, visit.submission
    revision: Revision | None = session.scalar(newest_texts([submission.id], Revision))
    if revision is None:
        raise NotFound
    notes = _notes(session, link)
    source = revision.html or ""
    return GuestPage(
        name=link.name,
        expires_at=link.expires_at,
        allows_download=link.allows_download,
        shows_photos=link.shows_photos,
        title=revision.title or "",
        html=Markup(render(source)),  # noqa: S704 - cleaned and verified before it was stored
        language=submission.language,
        words=revision.words,
        minutes=size(visible(source)).minutes,
        photos=[_photo(one) for one in _photos(session, link)],
        notes=[GuestNote(one.body, one.written_at) for one in notes],
        notes_left=max(0, NOTE_LIMIT - len(notes)),
    )


def guest_photo(visit: Visit, position: int) -> Photo:
    """Return the clean photo at a position. Raises NotFound, also while a redaction or crop of it waits."""
    found = next((one for one in _photos(visit.session, visit.link) if one.position == position), None)
    if found is None or _is_changing(found):
        raise NotFound
    return found


def plain_text(page: GuestPage) -> str:
    """Return title, text and captions as plain text, for download."""
    names = {one.id: f"Photo {one.position}: {one.caption}".removesuffix(": ") for one in page.photos}
    placed = set(placements.placed(page.html)) & names.keys()
    text = placements.filled(
        str(page.html), lambda photo: f"<p>[{escape(names[photo])}]</p>" if photo in names else ""
    )
    captions = [names[one.id] for one in page.photos if one.caption and one.id not in placed]
    return "\n\n".join(filter(None, [page.title, visible(text), *captions])) + "\n"


def leave_note(visit: Visit, body: str) -> None:
    """Store a note of the guest, cleaned plain text, and notify the editor who made the link.

    A worker adds the note to the search, because the process that serves guests has no search keys.
    Needs a lock of the link's row. The same text twice in a row is stored once. Raises LimitReached after NOTE_LIMIT.
    """
    session, link, submission = visit.session, visit.link, visit.submission
    notes = _notes(session, link)
    if notes and notes[-1].body == body:
        return
    if len(notes) >= NOTE_LIMIT:
        raise LimitReached
    note = Note(submission_id=submission.id, link_id=link.id, body=body)
    session.add(note)
    session.flush()
    if link.editor.active:
        notify(session, link.editor_id, submission, "guest_note")
    record(session, "guest.noted", submission, link=link.id, note=note.id)


def _notes(session: Session, link: ReadingLink) -> list[Note]:
    return list(session.scalars(select(Note).where(Note.link_id == link.id).order_by(Note.id)))


def _photos(session: Session, link: ReadingLink) -> list[Photo]:
    """Return the clean photos that the link shows."""
    if not link.shows_photos:
        return []
    query = (
        select(Photo)
        .where(Photo.submission_id == link.submission_id, Photo.status == "clean")
        .options(selectinload(Photo.retouches))
        .order_by(Photo.position)
    )
    return list(session.scalars(query))


def _photo(photo: Photo) -> GuestPhoto:
    return GuestPhoto(
        photo.id, photo.position, photo.caption or "", photo.alt or "", photo.width or 1, photo.height or 1, photo.graphic,
        photo.generation, _is_changing(photo),
    )  # fmt: skip


def _is_changing(photo: Photo) -> bool:
    return any(retouch.state == "asked" for retouch in photo.retouches)
