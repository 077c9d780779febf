"""Progress of a submission's checklist: which points are settled, by the program or by a person."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import checklists
from intake.checklists import ChecklistPoint
from intake.errors import NotFound
from intake.models import ChecklistTick, Editor, Photo, Revision, Submission
from intake.plurals import READER, desk_noop, ngettext_noop

NO_PHOTOS = desk_noop("It has no photos.")
NO_CONSENT = desk_noop("No version of the consent is recorded.")
WITHOUT = ngettext_noop("%(missing)s of %(num)s photo without.", "%(missing)s of %(num)s photos without.")


@dataclass(frozen=True)
class PointProgress:
    """Point of a submission's checklist.

    `detail` says what the program has found, such as `1 of 3 photos has none`. `by` and `at` tell who ticked it, and when.
    `revision` is the newest revision at that time. Points that the program ticks have neither.
    `is_tickable` is true if a person ticks it.
    """

    code: str
    label: str
    stages: Sequence[str]
    done: bool
    detail: str
    is_tickable: bool
    by: str | None = None
    at: datetime | None = None
    revision: int | None = None


@dataclass(frozen=True)
class _Known:
    """Facts about a submission that points are checked against. `photos` are the clean photos only."""

    consent: bool
    photos: list[Photo]
    ticks: dict[str, tuple[ChecklistTick, str]]


def progress(session: Session, submission: Submission) -> list[PointProgress]:
    """Return the points of a submission's checklist, in their order. Empty if its section has none."""
    return progress_of(session, [submission])[submission.id]


def progress_by_id(session: Session, submission_id: uuid.UUID) -> list[PointProgress]:
    """Return the points of the checklist of a submission, as `progress` does. Raises NotFound."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    return progress(session, submission)


def progress_of(session: Session, submissions: Sequence[Submission]) -> dict[uuid.UUID, list[PointProgress]]:
    """Return {submission id: points} of several submissions.

    The number of queries does not depend on the number of submissions. Without any checklist, there are no queries.
    """
    found: dict[uuid.UUID, list[PointProgress]] = {one.id: [] for one in submissions}
    listed = {one.id: listed for one in submissions if (listed := checklists.of_section(one.section))}
    if not listed:
        return found
    photos: dict[uuid.UUID, list[Photo]] = {ident: [] for ident in listed}
    clean = select(Photo).where(Photo.submission_id.in_(listed), Photo.status == "clean")
    for photo in session.scalars(clean):
        photos[photo.submission_id].append(photo)
    ticks: dict[uuid.UUID, dict[str, tuple[ChecklistTick, str]]] = {ident: {} for ident in listed}
    ticked = (
        select(ChecklistTick, Editor.name)
        .join(Editor, Editor.id == ChecklistTick.editor_id)
        .where(ChecklistTick.submission_id.in_(listed))
    )
    for tick, name in session.execute(ticked):
        ticks[tick.submission_id][tick.point] = (tick, name)
    for one in submissions:
        if one.id in listed:
            known = _Known(bool(one.consent_version), photos[one.id], ticks[one.id])
            found[one.id] = [_progress(point, known) for point in listed[one.id].points]
    return found


def open_points(points: Iterable[PointProgress], stage: str) -> list[PointProgress]:
    """Return the points that count before `stage` and are not settled."""
    return [point for point in points if stage in point.stages and not point.done]


def newest_revision(session: Session, submission_id: uuid.UUID) -> int:
    """Return the number of the newest revision."""
    return (
        session.scalar(select(func.max(Revision.number)).where(Revision.submission_id == submission_id)) or 0
    )


def _progress(point: ChecklistPoint, known: _Known) -> PointProgress:
    # Points with the magazine's own words have no translation.
    said = READER.gettext(point.label) if point.code in checklists.LABELS else point.label
    if point.is_by_program:
        done, detail = _checked(point.code, known)
        return PointProgress(point.code, said, point.stages, done, detail, is_tickable=False)
    if point.code == "faces" and not known.photos:
        return PointProgress(point.code, said, point.stages, True, READER.gettext(NO_PHOTOS), False)
    tick, name = known.ticks.get(point.code, (None, None))
    return PointProgress(
        point.code, said, point.stages, tick is not None, "", True, name,
        tick.ticked_at if tick else None, tick.revision if tick else None,
    )  # fmt: skip


def _checked(code: str, known: _Known) -> tuple[bool, str]:
    """Return whether a point of BY_PROGRAM is settled, and a sentence on what is missing."""
    if code == "consent":
        return known.consent, "" if known.consent else READER.gettext(NO_CONSENT)
    if not known.photos:
        return True, READER.gettext(NO_PHOTOS)
    column = {"captions": "caption", "credits": "credit", "alt_texts": "alt"}[code]
    missing = sum(not (getattr(photo, column) or "").strip() for photo in known.photos)
    if not missing:
        return True, ""
    words = {"missing": READER.number(missing), "num": READER.number(len(known.photos))}
    return False, READER.ngettext(*WITHOUT, len(known.photos)) % words
