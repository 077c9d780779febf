"""Handler of retouches, which crop a photo or destroy pixels. No transaction is open during slow work."""

import uuid

from intake.db import transaction
from intake.models import Job
from intake.models.photo import BASE, SIZES
from intake.photos import PhotoRefused, retouch
from intake.photos.retouch import Retouched
from intake.retouches import apply
from intake.storage import FileDamaged, files
from workers.tasks.job import photo_of
from workers.tasks.screening import RETRIED_REASONS, failed_so_before

STORAGE_ATTEMPTS = 3
"""Attempts after which a retouch fails if the file of the photo is still missing or damaged."""


def retouch_photo(job: Job) -> None:
    """Apply every due retouch of a photo, then delete the copies that the retouches replaced.

    Every step may be repeated. Replaced copies are deleted in every run, because a worker may die between the
    commit and the deletion.
    """
    photo_id = photo_of(job)
    while _do_next(photo_id, job):
        pass
    with transaction() as session:
        names = apply.superseded_names(session, photo_id)
    for name in names:
        files().delete(name)


def _do_next(photo_id: uuid.UUID, job: Job) -> bool:
    with transaction() as session:
        task = apply.next_due(session, photo_id)
    if task is None:
        return False
    try:
        copies = (
            retouch.retouch_photo(files().read(task.source, task.key), task.change) if task.change else None
        )
    except PhotoRefused as refusal:
        if refusal.reason in RETRIED_REASONS and not failed_so_before(job):
            raise
        _give_up(task, refusal.reason)
    except (FileNotFoundError, FileDamaged):
        if job.attempts < STORAGE_ATTEMPTS:
            raise
        _give_up(task, "damaged")
    else:
        _keep(task, copies)
    return True


def _give_up(task: apply.RetouchTask, reason: str) -> None:
    with transaction() as session:
        apply.record_failed(session, task, reason)


def _keep(task: apply.RetouchTask, copies: Retouched | None) -> None:
    for size in (BASE, *SIZES):
        data = getattr(copies, size, None)
        if data is not None:
            files().put(task.name(size), data, task.key)
    with transaction() as session:
        kept = apply.record_applied(session, task, copies)
    if not kept:
        _delete_copies(task)


def _delete_copies(task: apply.RetouchTask) -> None:
    for size in (BASE, *SIZES):
        files().delete(task.name(size))
