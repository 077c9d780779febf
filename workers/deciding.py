"""Decisions take effect."""

from intake.db import transaction
from intake.decisions.settle import settle
from intake.models import Job
from workers.subject import submission_of


def settle_decision(job: Job) -> None:
    """Let the decision of a submission take effect, unless it was taken back or is not due yet."""
    with transaction() as session:
        settle(session, submission_of(job))
