"""Quiet phase after the faults: wait until all jobs have ended, then sweep interrupted uploads."""

import os
import time
import uuid
from collections.abc import Callable

from sqlalchemy import func, select

from intake.db import DatabaseUnavailable, transaction
from intake.job_kinds import JOB_KINDS
from intake.jobs.ledger import lease_for
from intake.models import Job, Photo
from intake.models.job import NOT_A_CANARY
from intake.settings import settings
from intake.storage import UPLOAD_SECONDS, StoredFile, files
from workers.tasks import housekeeping

TIMEOUT_S = lease_for(JOB_KINDS["photo.clean"]).total_seconds() + 400
"""Maximum wait in seconds: the lease of a photo's job, and the pauses of a job that has failed several times."""
SHOWN_EVERY_S = 5
UNDER_WAY = ("pending", "sent", "running")


def settle(check: Callable[[], None], say: Callable[[str], None]) -> None:
    """Wait until no job is active, at most TIMEOUT_S. After a timeout, the tally reports the open jobs.

    `check` is called repeatedly and may raise.
    """
    begun = time.monotonic()
    while time.monotonic() - begun < TIMEOUT_S:
        check()
        left = _under_way()
        if left == {}:
            return
        told = ", ".join(f"{count} {status}" for status, count in (left or {}).items())
        say(f"settling for {time.monotonic() - begun:.0f} s: {told or 'the database does not answer'}")
        time.sleep(SHOWN_EVERY_S)


def sweep_cut_off() -> int:
    """Sweep files of interrupted uploads as if a day had passed. Returns how many there were.

    Nobody got a receipt for them. Files of known photos are left for the tally.
    """
    with transaction() as session:
        known = set(session.scalars(select(Photo.id)))
    cut_off = [
        one for area in ("quarantine", "clean") for one in files().listing(area) if _of_nobody(one, known)
    ]
    long_ago = time.time() - UPLOAD_SECONDS - 60
    for one in cut_off:
        os.utime(settings().files_dir / one.name, (long_ago, long_ago))
    housekeeping.sweep(Job(kind="housekeeping.sweep"))
    return len(cut_off)


def _of_nobody(one: StoredFile, known: set[uuid.UUID]) -> bool:
    return one.unfinished or uuid.UUID(one.name.split("/")[2].split(".")[0]) not in known


def _under_way() -> dict[str, int] | None:
    """Number of active jobs by status. None while the database is unavailable."""
    asked = (
        select(Job.status, func.count()).where(Job.status.in_(UNDER_WAY), NOT_A_CANARY).group_by(Job.status)
    )
    try:
        with transaction() as session:
            return dict(session.execute(asked).all())
    except DatabaseUnavailable:
        return None
