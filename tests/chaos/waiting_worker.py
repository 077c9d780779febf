"""The worker's application, with work that lasts until the test says so."""

import os

from intake.models import Job
from intake.settings import settings
from workers import runner
from workers.app import app

__all__ = ["app"]


def wait(job: Job) -> None:
    """Say that it has begun, and wait for somebody to open the other end."""
    folder = settings().data_dir
    (folder / f"begun-{job.slot}").write_text(str(os.getpid()))
    (folder / f"go-{job.slot}").read_text()


runner.HANDLERS["test.wait"] = wait
