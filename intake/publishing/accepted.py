"""Accepted and published submissions whose embargo has ended, with only the details that may be printed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, selectinload

from intake.errors import NotFound
from intake.lifecycle import DOWNLOADABLE
from intake.models import Photo, Revision, Submission, TranslationLink
from intake.models.lookup import newest_texts
from intake.models.sealing.key_ring import ring_of
from intake.paging import cursor, parse_cursor
from intake.permissions.reach import EVERYTHING, Reach
from intake.photos.limits import THUMB_SIDE, WEB_SIDE
from intake.review import translations
from intake.text.html import placements

PAGE = 50
SIZE_NAMES = {"full": "", "web": f"-{WEB_SIDE}", "thumb": f"-{THUMB_SIDE}"}
"""Size → suffix of the file name in the ZIP, with the longest side in pixels. Empty for the full size."""


@dataclass(frozen=True)
class Image:
    """Photo that was cleaned and has no pending retouch.

    `stored` has the storage name of the cleaned copy in each size. `format` is jpeg, png, webp or gif.
    `is_featured` is true for the photo that an editor chose to represent the submission.
    """

    id: uuid.UUID
    position: int
    caption: str | None
    credit: str | None
    alt: str | None
    width: int | None
    height: int | None
    format: str
    stored: Mapping[str, str]
    is_featured: bool = False
    generation: int = 0

    @property
    def ending(self) -> str:
        """Ending of file names, such as `jpg`."""
        return "jpg" if self.format == "jpeg" else self.format

    @property
    def file(self) -> str:
        """File name in the ZIP of the photo in full size, such as `photos/01.jpg`."""
        return self.file_in("full")

    def file_in(self, size: str) -> str:
        """File name in the ZIP of the photo in a size, such as `photos/01-1600.jpg`."""
        return f"photos/{self.position:02d}{SIZE_NAMES[size]}.{self.ending}"


@dataclass(frozen=True)
class Accepted:
    """Accepted or published submission, for the feeds and the ZIP.

    `since` is when it was published. Until then, it is when the submission became available: its acceptance
    or the later end of its embargo. `changed_at` is when its text was last edited, but not before it became
    available.
    """

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
    alternates: list["Alternate"]

    @property
    def featured(self) -> Image | None:
        """Photo that represents the submission: the one that an editor chose, else the first. None without photos."""
        return next((image for image in self.images if image.is_featured), next(iter(self.images), None))

    def image(self, photo_id: uuid.UUID) -> Image | None:
        """Return a photo by its id, or None if the submission has no such photo that may be published."""
        return next((image for image in self.images if image.id == photo_id), None)

    @property
    def unplaced(self) -> list[Image]:
        """Photos without a place in the text, in order."""
        found = set(placements.placed(self.html))
        return [image for image in self.images if image.id not in found]


@dataclass(frozen=True)
class Alternate:
    """Published text in another language: the source of a submission, or another translation."""

    language: str
    url: str


@dataclass(frozen=True)
class AcceptedPage:
    """Page of accepted submissions, newest first. `next` is the cursor of the next page, or None."""

    items: list[Accepted]
    next: str | None


def accepted_submission(session: Session, submission_id: uuid.UUID, reach: Reach = EVERYTHING) -> Accepted:
    """Return one accepted or published submission. Its alternates are those within `reach`.

    Raises NotFound for any other status, and until the embargo of the submission ends.
    """
    wanted = select(Submission).where(
        Submission.id == submission_id, Submission.status.in_(DOWNLOADABLE), ~Submission.is_embargoed
    )
    found = _load(session, wanted, reach)
    if not found:
        raise NotFound
    return found[0]


def accepted_submissions(session: Session, after: str = "", reach: Reach = EVERYTHING) -> AcceptedPage:
    """Page of submissions within `reach`, most recently available first. Needs seven queries at most.

    `after` is the cursor of the page. A submission under embargo becomes available when the embargo ends, so
    it then appears at the top of the first page.
    """
    places = session.execute(_page_query(after, reach)).all()
    page = places[:PAGE]
    found = _load(session, select(Submission).where(Submission.id.in_([place.id for place in page])), reach)
    by_id = {one.id: one for one in found}
    return AcceptedPage([by_id[place.id] for place in page if place.id in by_id], _next_cursor(places))


def _page_query(after: str, reach: Reach) -> Select[tuple[uuid.UUID, int, datetime]]:
    """SELECT statement for the ids of one page of submissions, newest first.

    It merges one sorted list per status, because each status has its own index.
    """
    since, available = parse_cursor(after), Submission.available_since
    place = tuple_(available, Submission.arrival)
    lists = [
        select(Submission.id, Submission.arrival, available.label("since"))
        .where(
            Submission.status == status,
            ~Submission.is_embargoed,
            *reach.conditions(),
            *([place < since] if since else []),
        )
        .order_by(available.desc(), Submission.arrival.desc())
        .limit(PAGE + 1)
        for status in sorted(DOWNLOADABLE)
    ]
    both = union_all(*lists).subquery()
    newest = select(both).order_by(both.c.since.desc(), both.c.arrival.desc())
    return newest.limit(PAGE + 1)


def _next_cursor(places: Sequence[Row[tuple[uuid.UUID, int, datetime]]]) -> str | None:
    return cursor(places[PAGE - 1].since, places[PAGE - 1].arrival) if len(places) > PAGE else None


def _load(session: Session, wanted: Select[Submission], reach: Reach) -> list[Accepted]:
    found = session.scalars(
        wanted.options(selectinload(Submission.photos).selectinload(Photo.retouches))
    ).all()
    newest = newest_texts([one.id for one in found], Revision)
    texts = {text.submission_id: text for text in session.scalars(newest)}
    others = _alternates(session, [one.id for one in found], reach)
    return [_accepted(one, texts[one.id], others.get(one.id, [])) for one in found]


def _alternates(session: Session, ids: Sequence[uuid.UUID], reach: Reach) -> dict[uuid.UUID, list[Alternate]]:
    """Return {submission id: published texts in other languages}, by their language tags. Runs two queries at most."""
    sources = select(TranslationLink.source_id).where(
        or_(TranslationLink.translation_id.in_(ids), TranslationLink.source_id.in_(ids))
    )
    links = session.execute(
        select(TranslationLink.translation_id, TranslationLink.source_id).where(
            TranslationLink.source_id.in_(sources)
        )
    ).all()
    families: dict[uuid.UUID, set[uuid.UUID]] = {}
    for one in links:
        families.setdefault(one.source_id, {one.source_id}).add(one.translation_id)
    if not families:
        return {}
    published = session.execute(
        select(Submission.id, Submission.language, Submission.published_url_sealed)
        .where(
            Submission.id.in_([ident for family in families.values() for ident in family]),
            Submission.status == "published",
            Submission.published_url_sealed.is_not(None),
            *reach.conditions(),
        )
        .order_by(Submission.language, Submission.arrival)
    ).all()
    ring_of(session).meet([ident for ident, *_ in published])
    addresses = {
        ident: Submission.published_url.opened(session, address, id=ident) or ""
        for ident, _, address in published
    }
    found: dict[uuid.UUID, list[Alternate]] = {}
    for family in families.values():
        for ident in family.intersection(ids):
            found[ident] = [
                Alternate(one.language, addresses[one.id])
                for one in published
                if one.id in family and one.id != ident and translations.is_known(one.language)
            ]
    return found


def _accepted(submission: Submission, text: Revision, alternates: list[Alternate]) -> Accepted:
    return Accepted(
        id=submission.id,
        short_id=submission.short_id,
        status=submission.status,
        revision=text.number,
        title=text.title or "",
        html=text.html or "",
        words=text.words,
        language=submission.language,
        section=submission.section,
        region=submission.region,
        tags=submission.tags,
        print_name=submission.print_name,
        consent_version=submission.consent_version,
        since=submission.published_at or submission.available_since,
        changed_at=max(text.created_at, submission.available_since),
        published_at=submission.published_at,
        published_url=submission.published_url,
        images=[_image(photo) for photo in submission.photos if _may_leave(photo)],
        alternates=alternates,
    )


def _may_leave(photo: Photo) -> bool:
    """Return whether a photo is clean and has no pending retouch."""
    return photo.status == "clean" and all(retouch.state != "asked" for retouch in photo.retouches)


def _image(photo: Photo) -> Image:
    return Image(
        photo.id, photo.position, photo.caption, photo.credit, photo.alt, photo.width, photo.height, photo.format or "",
        {"full": photo.full_key or "", "web": photo.web_key or "", "thumb": photo.thumb_key or ""},
        photo.featured, photo.generation,
    )  # fmt: skip
