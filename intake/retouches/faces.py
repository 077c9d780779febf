"""Searches for faces in a photo that an editor is about to redact.

An editor's redaction page requests a search, and a worker runs it. Its result describes people, so it is deleted after
an hour, and as soon as a change of the photo is requested.
"""

import uuid
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import GONE, IllegalMove
from intake.models import Editor, FaceSearch, Photo, Submission, record
from intake.models.lookup import locked
from intake.models.photo import BASE
from intake.photos.faces import PossibleFace, is_area, is_installed
from intake.settings import settings

KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class FaceSuggestions:
    """State of the search in a photo, and the possible faces if it is done."""

    state: Literal["off", "none", "asked", "done", "failed"]
    faces: Sequence[PossibleFace] = ()


@dataclass(frozen=True, repr=False)
class SearchTask:
    """A search to run. `source` is the storage name of a copy of the uncropped photo, which `key` decrypts."""

    photo_id: uuid.UUID
    submission_id: uuid.UUID
    generation: int
    key: bytes
    source: str


def is_available() -> bool:
    """Return whether this process has the extra `transom[faces]`, and the setting does not turn it off."""
    return settings().face_suggestions == "on" and is_installed()


def request_search(session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, editor: Editor) -> None:
    """Request a search for faces in a photo, unless one is under way or done.

    Raises NotFound, also if searches are not available. Raises IllegalMove if the submission is withdrawn or purged.
    """
    submission = locked(session, submission_id)
    photo = session.get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.submission_id != submission.id or photo.status != "clean" or not is_available():
        raise NotFound
    if submission.status in GONE:
        raise IllegalMove("cannot look for faces in a submission that is withdrawn or deleted")
    if _current(session, photo.id, photo.generation, ("asked", "done")) is not None:
        return
    forget(session, photo.id)
    session.add(
        FaceSearch(photo_id=photo.id, submission_id=submission.id, generation=photo.generation, areas=[])
    )
    record(session, "photo.faces_asked", submission, photo=photo, actor=editor)


def suggestions(session: Session, photo_id: uuid.UUID, generation: int) -> FaceSuggestions:
    """Return the possible faces in the copies of this generation. A crop or redaction makes a new generation."""
    if not is_available():
        return FaceSuggestions("off")
    search = _current(session, photo_id, generation, ("asked", "done", "failed"))
    if search is None:
        return FaceSuggestions("none")
    faces = [PossibleFace(*area) for area in search.areas if is_area(area)]
    return FaceSuggestions(search.state, faces)  # type: ignore[arg-type]  # the column is checked


def next_search(session: Session, photo_id: uuid.UUID) -> SearchTask | None:
    """Return the requested search in a photo, or None if it is done or no longer needed. Raises NotFound."""
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise NotFound
    search = session.get(FaceSearch, photo_id)
    if search is None or search.state != "asked" or photo.status != "clean":
        return None
    if search.generation != photo.generation or photo.submission.status in GONE:
        return None
    source = photo.clean_name(BASE if photo.crop else "web")
    return SearchTask(photo_id, photo.submission_id, photo.generation, photo.submission.key, source)


def record_found(session: Session, task: SearchTask, faces: Sequence[PossibleFace] | None) -> None:
    """Store the possible faces, or None if the search failed. Does nothing if the search was deleted or replaced."""
    locked(session, task.submission_id)
    search = session.get(FaceSearch, task.photo_id, populate_existing=True)
    if search is None or search.state != "asked" or search.generation != task.generation:
        return
    search.state = "failed" if faces is None else "done"
    search.areas = [list(astuple(face)) for face in faces or ()]


def give_up_search(session: Session, photo_id: uuid.UUID) -> None:
    """Mark a requested search as failed, because an admin discarded its job."""
    search = session.get(FaceSearch, photo_id, with_for_update=True)
    if search is not None and search.state == "asked":
        search.state = "failed"


def forget(session: Session, photo_id: uuid.UUID) -> None:
    """Delete the search in a photo, with its result."""
    session.execute(delete(FaceSearch).where(FaceSearch.photo_id == photo_id))


def forget_all(session: Session, submission: Submission) -> None:
    """Delete all searches in photos of a submission, with their results."""
    session.execute(delete(FaceSearch).where(FaceSearch.submission_id == submission.id))


def forget_old(session: Session) -> None:
    """Delete all searches that were requested more than KEPT ago, with their results."""
    session.execute(delete(FaceSearch).where(FaceSearch.asked_at < func.now() - KEPT))


def _current(
    session: Session, photo_id: uuid.UUID, generation: int, states: Sequence[str]
) -> FaceSearch | None:
    """Return the search in this generation of the photo, if it is in one of the states and not too old."""
    return session.scalar(
        select(FaceSearch).where(
            FaceSearch.photo_id == photo_id,
            FaceSearch.generation == generation,
            FaceSearch.state.in_(states),
            FaceSearch.asked_at >= func.now() - KEPT,
        )
    )
