"""Handler that deletes by age, once a night."""

import uuid

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Job
from intake.retention import RULES, RetentionRule, due, expired_originals, holds, steps
from intake.submissions import expiry
from workers.tasks.housekeeping import delete_rest


def run(job: Job) -> None:
    """Delete all that is due, each submission in its own transaction.

    If the job is interrupted, its next attempt goes on with the rest. Files that the interruption left behind cannot be
    decrypted any more, and the job `housekeeping.sweep` deletes them.
    """
    with transaction() as session:
        found = steps.adopt(session)
        holds.settle_lapsed(session)
    expired_originals.expire()
    done = 0
    for rule in RULES.values():
        after = None
        while ids := _due(rule, found, after):
            for submission_id in ids:
                _expire(submission_id, found)
            after, done = ids[-1], done + len(ids)
            with transaction() as session:
                ledger.set_stage(session, job, f"{done} deleted")


def _due(rule: RetentionRule, found: steps.Steps, after: uuid.UUID | None) -> list[uuid.UUID]:
    with transaction() as session:
        return due.due(session, rule, found, after)


def _expire(submission_id: uuid.UUID, found: steps.Steps) -> None:
    with transaction() as session:
        is_whole = expiry.expire(session, submission_id, found)
    if is_whole:
        delete_rest(submission_id)
