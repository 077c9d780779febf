"""Handlers that delete: withdrawn submissions, photos, orphaned files and old rows."""

import uuid
from datetime import timedelta

from intake.accounts import live_streams, login_throttle, sessions
from intake.db import transaction
from intake.health import incidents
from intake.jobs import figures, ledger, processes
from intake.models import Job
from intake.retouches import faces
from intake.settings import settings
from intake.storage import UPLOAD_SECONDS, StoredFile, files, partial
from intake.submissions import draft, expiry, removal
from intake.submissions.suspicion import recent_texts
from workers.tasks.job import photo_of, submission_of

DONE_JOBS_KEPT = timedelta(days=30)
CANARIES_KEPT = timedelta(days=1)
# Storage area → status of the photos whose files in this area are still needed.
STATUS_BY_AREA = {"quarantine": "received", "clean": "clean"}


def purge_submission(job: Job) -> None:
    """Purge a withdrawn submission: blank its texts in the database, destroy its key, delete its files.

    A legal hold keeps it. The job `retention.run` purges it after the hold.
    """
    submission_id = submission_of(job)
    with transaction() as session:
        is_purged = expiry.purge_withdrawn(session, submission_id)
    if not is_purged:
        return
    for area in STATUS_BY_AREA:
        files().delete_all(area, str(submission_id))


def delete_photo(job: Job) -> None:
    """Delete all files of a photo that its contributor has removed from the submission."""
    submission_id, photo_id = submission_of(job), photo_of(job)
    for area in STATUS_BY_AREA:
        files().delete_photo(area, str(submission_id), str(photo_id))


def sweep(_job: Job) -> None:
    """Delete forgotten drafts, orphaned files, old finished jobs, and old rows of several tables."""
    _delete_forgotten_drafts()
    for area, status in STATUS_BY_AREA.items():
        with transaction() as session:
            needed = removal.photo_generations(session, status)
            if area == "quarantine":
                needed |= removal.documents(session)
        for one in files().listing(area):
            if _is_orphan(one, needed):
                files().discard(one)
    with transaction() as session:
        ledger.forget_done(session, DONE_JOBS_KEPT)
        ledger.forget_canaries(session, CANARIES_KEPT)
        figures.forget_samples(session, figures.SAMPLES_KEPT)
        login_throttle.delete_expired_attempts(session)
        sessions.forget_old(session, sessions.SessionLimits.of(settings()))
        live_streams.forget_lost(session)
        recent_texts.forget_old(session)
        faces.forget_old(session)
        incidents.forget_old(session)
        processes.forget_silent(session)


def _delete_forgotten_drafts() -> None:
    """Delete each draft that was not changed for the days of the setting, first its rows and key, then its files."""
    with transaction() as session:
        forgotten = draft.expired(session, timedelta(days=settings().draft_days))
    partial.delete_forgotten(settings().uploads_dir)
    for submission_id in forgotten:
        draft.delete_draft(submission_id)


def _is_orphan(one: StoredFile, needed: dict[uuid.UUID, int]) -> bool:
    if one.unfinished:
        return one.age > files().unfinished_seconds
    photo, generation = _photo_of(one)
    current = needed.get(photo) if photo else None
    if current is not None and generation <= current:
        # Each retouch gives the copies of a photo a higher generation. Copies of lower generations show
        # pixels that an editor destroyed, so they are deleted at once.
        return generation < current
    return photo is not None and one.age > UPLOAD_SECONDS


def _photo_of(one: StoredFile) -> tuple[uuid.UUID | None, int]:
    """Photo id and generation of a file, from its name.

    The id is None for a file that Transom did not write, such as `.nfs…` of a network file system.
    """
    photo, *further = one.name.rpartition("/")[2].split(".")
    try:
        return uuid.UUID(photo), int(further[0]) if len(further) == 2 else 0
    except ValueError:
        return None, 0
