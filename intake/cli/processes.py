"""The processes of which `transom up` starts one each, and docker-compose.yml likewise."""

import os
import sys

import click

from intake.settings import child_environment, settings


@click.command()
def web() -> None:
    """Serve the web pages and the API.

    Example: PORT=8080 transom web
    """
    from intake.web.serve import main

    main(settings())


@click.command()
def worker() -> None:
    """Clean texts and photos, and do the other jobs of the ledger.

    Example: TRANSOM_WORKER_CONCURRENCY=4 transom worker
    """
    # Celery's soft shutdown answers SIGQUIT; a supervisor and Docker send SIGTERM (celery: REMAP_SIGTERM).
    environment = child_environment(REMAP_SIGTERM="SIGQUIT")
    level = settings().log_level.lower()
    command = ["celery", "--app", "workers.app", "--quiet", "worker", "--loglevel", level]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    os.execve(sys.executable, [sys.executable, "-m", *command], environment)  # noqa: S606


@click.command()
def relay() -> None:
    """Hand due jobs of the ledger to the workers.

    Example: transom relay
    """
    _become("relay")


@click.command()
def scheduler() -> None:
    """Start the jobs of the clock.

    Example: transom scheduler
    """
    _become("scheduler")


def _become(name: str) -> None:
    """`intake` does not import `workers`; it becomes one."""
    os.execve(sys.executable, [sys.executable, "-m", "workers", name], child_environment())  # noqa: S606
