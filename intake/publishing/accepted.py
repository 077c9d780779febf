"""What leaves the house: accepted and published pieces, with what may be printed of them and nothing else."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select, tuple_, union_all
from sqlalchemy.orm import Session, selectinload

from intake.errors import NotFound
from intake.lifecycle import DOWNLOADABLE
from intake.models import Photo, Revision, Submission
from intake.models.lookup import newest_texts
from intake.paging import cursor, parse_cursor

PAGE = 50


@dataclass(frozen=True)
class Image:
    """A clean photo of which nothing is to be destroyed: `stored` is the name of its full copy in storage, `format` jpeg, png, webp or gif."""

    id: uuid.UUID
    position: int
    caption: str | None
    credit: str | None
    alt: str | None
    width: int | None
    height: int | None
    format: str
    stored: str

    @property
    def file(self) -> str:
        """Its name beside the text, such as `photos/01.jpg`."""
        return f"photos/{self.position:02d}.{'jpg' if self.format == 'jpeg' else self.format}"


@dataclass(frozen=True)
class Accepted:
    """A piece as it stands. `since`: when it was accepted, or published; `changed_at`: when its text was last edited."""

    id: uuid.UUID
    short_id: str
    status: str
    revision: int
    title: str
    html: str
    words: int
    language: str
    section: str
    region: str | None
    tags: list[str]
    print_name: str | None
    consent_version: str
    since: datetime
    changed_at: datetime
    published_at: datetime | None
    published_url: str | None
    images: list[Image]


@dataclass(frozen=True)
class AcceptedPage:
    """Pieces, the newest first, and, unless this is the last page, the cursor of the next."""

    items: list[Accepted]
    next: str | None


def accepted_piece(session: Session, submission_id: uuid.UUID) -> Accepted:
    """One piece; NotFound unless it is accepted or published."""
    wanted = select(Submission).where(Submission.id == submission_id, Submission.status.in_(DOWNLOADABLE))
    found = _pieces(session, wanted)
    if not found:
        raise NotFound
    return found[0]


def accepted_pieces(session: Session, after: str = "") -> AcceptedPage:
    """Those that were accepted or published last; five queries whatever the page and however many there are."""
    places = session.execute(_places(after)).all()
    page = places[:PAGE]
    found = _pieces(session, select(Submission).where(Submission.id.in_([place.id for place in page])))
    by_id = {one.id: one for one in found}
    return AcceptedPage([by_id[place.id] for place in page if place.id in by_id], _following(places))


def _places(after: str) -> Select[tuple[uuid.UUID, datetime]]:
    """Of each status so many as a page has, along the index of its own; then the newest of both."""
    since, columns = parse_cursor(after), (Submission.id, Submission.waiting_since)
    place = tuple_(Submission.waiting_since, Submission.id)
    lists = [
        select(*columns)
        .where(Submission.status == status, *([place < since] if since else []))
        .order_by(Submission.waiting_since.desc(), Submission.id.desc())
        .limit(PAGE + 1)
        for status in sorted(DOWNLOADABLE)
    ]
    both = union_all(*lists).subquery()
    newest = select(both.c.id, both.c.waiting_since).order_by(both.c.waiting_since.desc(), both.c.id.desc())
    return newest.limit(PAGE + 1)


def _following(places: Sequence[Row[tuple[uuid.UUID, datetime]]]) -> str | None:
    return cursor(places[PAGE - 1].waiting_since, places[PAGE - 1].id) if len(places) > PAGE else None


def _pieces(session: Session, wanted: Select[Submission]) -> list[Accepted]:
    found = session.scalars(
        wanted.options(selectinload(Submission.photos).selectinload(Photo.retouches))
    ).all()
    newest = newest_texts([one.id for one in found], Revision)
    texts = {text.submission_id: text for text in session.scalars(newest)}
    return [_accepted(one, texts[one.id]) for one in found]


def _accepted(piece: Submission, text: Revision) -> Accepted:
    return Accepted(
        id=piece.id,
        short_id=piece.short_id,
        status=piece.status,
        revision=text.number,
        title=text.title or "",
        html=text.html or "",
        words=text.words,
        language=piece.language,
        section=piece.section,
        region=piece.region,
        tags=piece.tags,
        print_name=piece.print_name,
        consent_version=piece.consent_version,
        since=piece.published_at or piece.waiting_since,
        changed_at=max(text.created_at, piece.waiting_since),
        published_at=piece.published_at,
        published_url=piece.published_url,
        images=[_image(photo) for photo in piece.photos if _may_leave(photo)],
    )


def _may_leave(photo: Photo) -> bool:
    """Not while it still shows what an editor wants gone."""
    return photo.status == "clean" and all(retouch.state != "asked" for retouch in photo.retouches)


def _image(photo: Photo) -> Image:
    return Image(
        photo.id, photo.position, photo.caption, photo.credit, photo.alt, photo.width, photo.height, photo.format or "",
        photo.full_key or "",
    )  # fmt: skip
