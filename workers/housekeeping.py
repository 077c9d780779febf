"""Forgetting: what was withdrawn, and what interrupted work left behind."""

import time
import uuid
from datetime import timedelta
from pathlib import Path

from intake.actions import ledger, purge
from intake.db import transaction
from intake.models import Job
from intake.queries import storage as stored
from intake.storage import files

HOUR = 3600
# The slowest upload that we allow for: 200 MB at 2.4 KB/s, as over a bad Tor circuit.
UPLOAD_SECONDS = 24 * HOUR
PART_SILENT_SECONDS = HOUR
DONE_JOBS_KEPT = timedelta(days=30)


def purge_submission(job: Job) -> None:
    """Delete every file of a withdrawn submission and blank its words."""
    assert job.submission_id  # noqa: S101
    with transaction() as session:
        purge.purge(session, job.submission_id)
    for area in ("quarantine", "clean"):
        files().delete_all(area, str(job.submission_id))


def sweep(_job: Job) -> None:
    """Remove files that belong to no photo in the state that would need them, and jobs done long ago."""
    for area, status in (("quarantine", "received"), ("clean", "clean")):
        with transaction() as session:
            needed = stored.photo_ids(session, status)
        for path in files().files(area):
            if _left_behind(path, needed):
                path.unlink(missing_ok=True)
    with transaction() as session:
        ledger.forget_done(session, DONE_JOBS_KEPT)


def _left_behind(path: Path, needed: set[uuid.UUID]) -> bool:
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return False
    if path.name.endswith(".part"):
        return age > PART_SILENT_SECONDS
    return age > UPLOAD_SECONDS and uuid.UUID(path.name.split(".")[0]) not in needed
