"""Rows of a page of the queue."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlalchemy.orm import Session

from intake.keys.sealed_words import BEGINNING_BYTES
from intake.models import Decision, Photo, Revision, Submission
from intake.models.lookup import newest_texts
from intake.models.sealing.key_ring import ring_of
from intake.queue.filters import PUBLISHING
from intake.settings import settings
from intake.text import excerpt

EXCERPT_CHARACTERS = 220

QueueRow = tuple[Submission, str | None, str | None, Decision | None]
"""A submission, the names of the editor who has claimed it and of its assignee, and its open or standing decision."""


@dataclass(frozen=True)
class QueueItem:
    """One row of the queue.

    `readable` is true once the text is clean. `thumb` is the id of a clean photo that is not graphic.
    `verdict` is set while a decision can still be undone, until `settles_at`.
    `approved` is true once the first of two editors has approved the submission.
    `state` is one of filters.STATES, and empty outside the lane "publishing".
    `claimant` is the name of the editor with a valid claim. `mine` is true if the viewer is that editor.
    `assignee` is the name of the editor to whom it is assigned. `late` is true once its due day is over.
    `signals` are signs of a bot or a person, and empty outside the lane "suspicious".
    `decidable` is true if an editor can decide on `version`.
    """

    id: uuid.UUID
    version: int
    title: str
    excerpt: str
    status: str
    lane: str
    state: str
    section: str
    language: str
    region: str | None
    tags: list[str]
    print_name: str | None
    received_at: datetime
    waiting_since: datetime
    settles_at: datetime | None
    verdict: str | None
    approved: bool
    overdue: bool
    signals: list[str]
    flagged: bool
    claimant: str | None
    mine: bool
    assignee: str | None
    assigned_to_me: bool
    due_on: date | None
    late: bool
    priority: str
    photos: int
    refused: int
    graphic: bool
    words: int
    readable: bool
    decidable: bool
    thumb: uuid.UUID | None


@dataclass(frozen=True)
class _Text:
    """Title, beginning of the HTML, and number of words."""

    title: str
    html: str
    words: int


@dataclass(frozen=True)
class _Photos:
    clean: int = 0
    refused: int = 0
    graphic: bool = False
    thumb: uuid.UUID | None = None


def items(session: Session, found: Sequence[QueueRow], viewer: int) -> list[QueueItem]:
    """Build the queue rows of `found`, in the same order. `viewer` is an editor's id. Runs three queries."""
    ids = [submission.id for submission, *_ in found]
    texts, photos = _newest_texts(session, ids), _photos(session, ids)
    return [_item(one, texts.get(one[0].id), photos.get(one[0].id, _Photos()), viewer) for one in found]


def _item(found: QueueRow, text: _Text | None, photos: _Photos, viewer: int) -> QueueItem:
    one, claimant, assignee, decision = found
    in_our_lane = one.lane in {"ours", "suspicious"}
    return QueueItem(
        id=one.id,
        version=one.version,
        title=text.title if text else "",
        excerpt=excerpt(text.html, EXCERPT_CHARACTERS) if text else "",
        status=one.status,
        lane=one.lane or "",
        state=_state(one) if one.lane == PUBLISHING else "",
        section=one.section,
        language=one.language,
        region=one.region,
        tags=one.tags,
        print_name=one.print_name,
        received_at=one.received_at,
        waiting_since=one.waiting_since,
        settles_at=one.settles_at,
        verdict=decision.verdict if decision and one.settles_at else None,
        approved=decision is not None and decision.state == "waiting",
        overdue=one.is_overdue(settings().overdue),
        signals=list(one.signals) if one.lane == "suspicious" else [],
        flagged=one.flagged,
        claimant=claimant,
        mine=claimant is not None and one.claimed_by == viewer,
        assignee=assignee,
        assigned_to_me=one.assigned_to == viewer,
        due_on=one.due_on,
        late=one.is_late,
        priority=one.priority,
        photos=photos.clean,
        refused=photos.refused,
        graphic=photos.graphic,
        words=text.words if text else 0,
        readable=text is not None,
        decidable=in_our_lane and text is not None,
        thumb=photos.thumb,
    )


def _state(one: Submission) -> str:
    """Return the state of a submission in the lane PUBLISHING. Must agree with `state_conditions` in filter_sql.py."""
    if one.status == "accepted":
        return "scheduled" if one.is_embargoed else "accepted"
    if one.status == "published":
        return "corrected" if one.corrected_at else "published"
    return one.status


def _newest_texts(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, _Text]:
    """Return title and beginning of each newest text, decrypted. The keys of all submissions are loaded in one query."""
    ring_of(session).meet(ids)
    found = {}
    for row in session.execute(NEWEST_TEXTS, {"ids": ids}):
        here = {"submission_id": row.submission_id, "number": row.number}
        title = Revision.title.opened(session, row.title_sealed, **here)
        html = Revision.html.beginning(session, row.html, **here)
        found[row.submission_id] = _Text(title or "", html, row.words)
    return found


def _photos(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, _Photos]:
    found: dict[uuid.UUID, _Photos] = {}
    for photo in session.execute(PHOTOS, {"ids": ids}):
        found[photo.submission_id] = _add_photo(found.get(photo.submission_id, _Photos()), photo)
    return found


def _add_photo(photos: _Photos, photo: "Row[uuid.UUID, uuid.UUID, str, bool]") -> _Photos:
    if photo.status == "refused":
        return replace(photos, refused=photos.refused + 1)
    if photo.status != "clean":
        return photos
    thumb = photos.thumb or (None if photo.graphic else photo.id)
    return replace(photos, clean=photos.clean + 1, graphic=photos.graphic or photo.graphic, thumb=thumb)


# These queries are built once, because building a query takes longer than sending it.
IDS: BindParameter[uuid.UUID] = bindparam("ids", expanding=True)
NEWEST_TEXTS = newest_texts(
    IDS,
    Revision.submission_id,
    Revision.number,
    Revision.title_sealed,
    func.substr(Revision.html_sealed, 1, BEGINNING_BYTES).label("html"),
    Revision.words,
)
PHOTOS = (
    select(Photo.submission_id, Photo.id, Photo.status, Photo.graphic)
    .where(Photo.submission_id.in_(IDS))
    .order_by(Photo.position)
)
