"""Worker application with a job that runs until the test ends it."""

import os

from intake.models import Job
from intake.settings import settings
from workers import runner
from workers.app import app

__all__ = ["app"]


def wait(job: Job) -> None:
    """Report the start, and wait until the test opens the other end of the pipe."""
    folder = settings().data_dir
    (folder / f"begun-{job.slot}").write_text(str(os.getpid()))
    (folder / f"go-{job.slot}").read_text()


runner.HANDLERS["test.wait"] = wait
