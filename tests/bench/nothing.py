"""Worker application with one more kind of job, which does nothing and which the product does not know."""

from tests.bench.jobs import KIND
from workers import runner
from workers.app import app

__all__ = ["app"]

runner.HANDLERS[KIND] = lambda _job: None
