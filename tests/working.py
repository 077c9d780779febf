"""A worker for tests that need none of its processes: jobs run here, one after the other."""

from intake.db import transaction
from intake.jobs import ledger


def work_off() -> int:
    """Run every job that is due, and those that they start; returns how many ran."""
    from workers import runner

    done = 0
    while True:
        with transaction() as session:
            due = ledger.send_due(session, 1000)
        if not due:
            return done
        for one in due:
            runner.run(one.id)
        done += len(due)
