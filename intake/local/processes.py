"""Processes of an installation on one machine, in starting order."""

import http.client
import sys

from intake.local.migration_check import needs_migration
from intake.local.servers.postgres import Postgres
from intake.local.servers.valkey import Valkey
from intake.local.supervision.process import ProcessSpec
from intake.settings import Settings


def all_specs(settings: Settings) -> list[ProcessSpec]:
    """Embedded servers that are needed, then Transom's processes.

    Their grace times add up to 9.5 seconds, the longest time in which all of them are stopped.
    """
    return [*server_specs(settings), *transom_specs(settings)]


def server_specs(settings: Settings) -> list[ProcessSpec]:
    """PostgreSQL and Valkey, each only if the settings name no external server."""
    logs = settings.data_dir / "logs"
    specs = []
    if not settings.database_url:
        specs.append(Postgres(settings.data_dir / "postgres", settings.run_dir).spec(logs / "postgres.log"))
    if not settings.redis_url:
        specs.append(Valkey(settings.data_dir / "valkey", settings.run_dir).spec(logs / "valkey.log"))
    return specs


def transom_specs(settings: Settings) -> list[ProcessSpec]:
    """Transom's own processes: migration (once), worker, relay, scheduler and web server."""
    return [
        _command("migrate", once=True, grace_seconds=3600, needed=lambda: needs_migration(settings)),
        _command("worker", grace=3.5),
        _command("relay"),
        _command("scheduler"),
        _command("web", ready=lambda: web_answers(settings.listeners[0]), grace=1.5),
    ]


def web_answers(listener: str) -> bool:
    """Return whether the web server at an address with a port answers `GET /healthz/live` with 200."""
    host, _, port = listener.rpartition(":")
    connection = http.client.HTTPConnection(reachable_host(host.strip("[]")), int(port), timeout=2)
    try:
        connection.request("GET", "/healthz/live")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def reachable_host(host: str) -> str:
    """Address at which this machine reaches its own server that listens on `host`."""
    return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def _command(name: str, **options: object) -> ProcessSpec:
    return ProcessSpec(name=name, argv=[sys.executable, "-m", "intake", name], **options)  # type: ignore[arg-type]
