"""Commands for single processes, as `transom up` and docker-compose.yml start them."""

import os
import sys
from collections.abc import Sequence

import click

from intake.imports import importing
from intake.job_kinds import QUEUES
from intake.settings import Settings, child_environment, choose_side, settings


@click.command()
@click.option("--side", type=click.Choice(["both", "public", "desk"]), help="Pages that this server has.")
def web(side: str | None) -> None:
    """Serve the web pages and the API.

    Example: PORT=8080 transom web --side public
    """
    with importing():
        from intake.web.server.process import main

    config = choose_side(side) if side else settings()
    # A desk without its private key starts, and its pages say what is wrong. A server for contributors cannot work
    # without its keys.
    if config.is_public_side:
        _check_keys(config)
    main(config)


@click.command()
@click.argument("queues", nargs=-1, type=click.Choice(QUEUES))
@click.option("--name", help="Name of this worker. Needed if several workers run on one machine.")
def worker(queues: tuple[str, ...], name: str | None) -> None:
    """Clean texts and photos, and run the other jobs of the ledger: of all queues, or only of QUEUES.

    Example: TRANSOM_WORKER_CONCURRENCY=4 transom worker photos --name photos
    """
    if set(queues or QUEUES) - {"notify"}:
        _check_keys(settings())
    # SIGQUIT starts Celery's soft shutdown. Supervisors and Docker send SIGTERM, so REMAP_SIGTERM, a variable
    # of Celery, makes SIGTERM act like SIGQUIT.
    environment = child_environment(REMAP_SIGTERM="SIGQUIT", **_named(name))
    os.execve(sys.executable, worker_argv(queues or QUEUES), environment)  # noqa: S606


def _check_keys(config: Settings) -> None:
    """Stop with one sentence if this process lacks keys that it needs."""
    from intake.crypto import KeyFault
    from intake.health.keys import check_at_start

    try:
        check_at_start(config)
    except KeyFault as error:
        raise click.ClickException(f"{error} See docs/ops/keys.md.") from None
    except OSError as error:
        place = config.private_key_path.parent
        raise click.ClickException(f"Key files cannot be written to {place}: {error.strerror}.") from None


def worker_argv(queues: Sequence[str], app: str = "workers.app") -> list[str]:
    """Command line that starts a worker for `queues`. `app` is the module of its Celery application."""
    command = ["celery", "--app", app, "--quiet", "worker", "--loglevel", settings().log_level.lower()]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [sys.executable, "-m", "workers", *command, "--queues", ",".join(queues)]


def _named(name: str | None) -> dict[str, str]:
    """Environment variable with the name of the worker, or an empty dict without a name.

    Raises SettingsError for a name that the setting would not allow.
    """
    named = {"TRANSOM_WORKER_NAME": name} if name else {}
    Settings.from_env(named)
    return named


@click.command()
def relay() -> None:
    """Send due jobs of the ledger to the workers.

    Example: transom relay
    """
    _exec("relay")


@click.command()
def scheduler() -> None:
    """Start scheduled jobs when they are due.

    Example: transom scheduler
    """
    _exec("scheduler")


def _exec(name: str) -> None:
    """Replace this process by `python -m workers`, because `intake` must not import `workers`."""
    os.execve(sys.executable, [sys.executable, "-m", "workers", name], child_environment())  # noqa: S606
