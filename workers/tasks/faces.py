"""Handler of searches for faces in a photo. No transaction is open during slow work."""

from intake.db import transaction
from intake.models import Job
from intake.photos import PhotoRefused
from intake.photos.faces import FacesUnavailable, PossibleFace, find_faces
from intake.retouches import faces
from intake.storage import FileDamaged, files
from workers.tasks.job import photo_of


def suggest_faces(job: Job) -> None:
    """Look for faces in a photo and store where they may be.

    A search that fails is not repeated: an editor is waiting, and can mark the faces without it.
    """
    with transaction() as session:
        task = faces.next_search(session, photo_of(job))
    if task is None:
        return
    found = _found(task)
    with transaction() as session:
        faces.record_found(session, task, found)


def _found(task: faces.SearchTask) -> list[PossibleFace] | None:
    """Return the possible faces, or None if the search failed."""
    try:
        return find_faces(files().read(task.source, task.key))
    except (PhotoRefused, FacesUnavailable, FileNotFoundError, FileDamaged):
        return None
