"""The worker's application with a job more, which does nothing; no table of the product knows it."""

from tests.bench.jobs import KIND
from workers import runner
from workers.app import app

__all__ = ["app"]

runner.HANDLERS[KIND] = lambda _job: None
