"""The worker's application with a job more, which does nothing; no table of the product knows it."""

from workers import jobs
from workers.app import app

__all__ = ["app"]

KIND = "bench.nothing"

jobs.HANDLERS[KIND] = lambda _job: None
