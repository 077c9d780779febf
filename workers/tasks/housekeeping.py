"""Handlers that delete: withdrawn submissions, photos, orphaned files and old rows."""

import uuid
from datetime import timedelta

from intake.accounts import live_streams, login_throttle, sessions
from intake.db import transaction
from intake.health import incidents, scrub
from intake.jobs import figures, ledger, processes
from intake.models import Job
from intake.originals import keeping, openings
from intake.retention import expired_originals
from intake.retouches import faces
from intake.settings import settings
from intake.storage import AREAS, UPLOAD_SECONDS, StoredFile, files, partial
from intake.submissions import draft, expiry, removal
from intake.submissions.receipt_page import GONE_SHOWN
from intake.submissions.suspicion import recent_texts
from workers.tasks.job import photo_of, submission_of

DONE_JOBS_KEPT = timedelta(days=30)
CANARIES_KEPT = timedelta(days=1)
# Storage area → status of the photos whose files in this area are still needed.
STATUS_BY_AREA = {"quarantine": "received", "clean": "clean"}


def purge_submission(job: Job) -> None:
    """Purge a withdrawn submission: destroy its keys, then its words, its files and the rest of its rows.

    Does nothing under a legal hold. After the hold, the job `retention.run` purges the submission.
    """
    _purge(submission_of(job))


def _purge(submission_id: uuid.UUID) -> None:
    """Purge in steps, each of which may be repeated. A purge that was interrupted begins again with the first step."""
    with transaction() as session:
        if not expiry.begin_purge(session, submission_id):
            return
    with transaction() as session:
        expiry.finish_purge(session, submission_id)
    delete_rest(submission_id)


def delete_rest(submission_id: uuid.UUID) -> None:
    """Delete the files of a purged submission, then the rest of its rows."""
    for area in AREAS:
        files().delete_all(area, str(submission_id))
    partial.delete_all(settings().uploads_dir, str(submission_id))
    with transaction() as session:
        removal.forget_rest(session, submission_id)


def delete_photo(job: Job) -> None:
    """Delete all files of a photo that its contributor has removed from the submission."""
    submission_id, photo_id = submission_of(job), photo_of(job)
    for area in AREAS:
        files().delete_photo(area, str(submission_id), str(photo_id))


def delete_original(job: Job) -> None:
    """Delete the sealed original of a photo, which nobody can open any more."""
    files().delete_photo("sealed", str(submission_of(job)), str(photo_of(job)))


def sweep(_job: Job) -> None:
    """Finish interrupted purges. Delete forgotten drafts, orphaned files, old finished jobs, and old rows of some tables."""
    _finish_purges()
    _delete_forgotten_drafts()
    _tidy_originals()
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
        removal.forget_ended(session, GONE_SHOWN)
        incidents.forget_old(session)
        processes.forget_silent(session)


def _tidy_originals() -> None:
    """End openings whose time is over. Delete originals after their last day, and files of originals without a row."""
    with transaction() as session:
        openings.close_over(session)
    expired_originals.expire()
    with transaction() as session:
        needed = keeping.names(session)
    for one in files().listing("sealed"):
        if one.name not in needed and one.age > (
            files().unfinished_seconds if one.unfinished else UPLOAD_SECONDS
        ):
            files().discard(one)


def _finish_purges() -> None:
    with transaction() as session:
        unfinished = removal.unfinished(session)
    for submission_id in unfinished:
        _purge(submission_id)


def scrub_database(_job: Job) -> None:
    """Remove from the database's files what purges have deleted from its tables.

    Raises Obstructed if a temporary obstacle prevented this, so that the job is retried later.
    """
    outcome = scrub.scrub()
    if outcome.is_passing:
        raise scrub.Obstructed(" ".join(outcome.problems))


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
