"""How far a job has come, for whoever looks at it while it runs."""

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Job


def reached(job: Job, stage: str) -> None:
    """Say so in a transaction of its own: for what takes seconds, not for what takes milliseconds."""
    with transaction() as session:
        ledger.reach(session, job, stage)
