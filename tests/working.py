"""Run jobs in the test's process, one after the other, for tests that need no real worker."""

from intake.db import transaction
from intake.jobs import ledger


def work_off() -> int:
    """Run every due job, and the jobs that these start. Returns the number of jobs run."""
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
