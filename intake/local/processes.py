"""Who makes up an installation on one machine, in the order in which they start."""

import http.client
import sys

from intake.local.migrated import behind
from intake.local.servers.postgres import Postgres
from intake.local.servers.valkey import Valkey
from intake.local.supervision.process import Spec
from intake.settings import Settings


def crew(settings: Settings) -> list[Spec]:
    """The embedded servers that are needed, then our own processes. The graces sum to 9.5 seconds."""
    return [*servers(settings), *our_own(settings)]


def servers(settings: Settings) -> list[Spec]:
    """Those servers that the settings do not name elsewhere."""
    logs = settings.data_dir / "logs"
    specs = []
    if not settings.database_url:
        specs.append(Postgres(settings.data_dir / "postgres", settings.run_dir).spec(logs / "postgres.log"))
    if not settings.redis_url:
        specs.append(Valkey(settings.data_dir / "valkey", settings.run_dir).spec(logs / "valkey.log"))
    return specs


def our_own(settings: Settings) -> list[Spec]:
    """Our own processes."""
    return [
        _command("migrate", once=True, patience=3600, needed=lambda: behind(settings)),
        _command("worker", grace=3.5),
        _command("relay"),
        _command("scheduler"),
        _command("web", ready=lambda: alive(settings.host, settings.port), grace=1.5),
    ]


def alive(host: str, port: int) -> bool:
    """Whether the web server answers."""
    connection = http.client.HTTPConnection(spoken(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz/live")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def spoken(host: str) -> str:
    """An address by which a server that listens on `host` is reached from here."""
    return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def _command(name: str, **options: object) -> Spec:
    return Spec(name=name, argv=[sys.executable, "-m", "intake", name], **options)  # type: ignore[arg-type]
