"""A real Valkey in each state in which it refuses jobs, and a server that gives one answer to everything."""

import socket
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from intake.local.servers.valkey import program
from tests.waiting import until

PASSWORD = "s3cret-of-the-broker"


class Refusing:
    """A Valkey server. `url` names its first database, by TCP. `admin` is a client that uses its Unix socket."""

    def __init__(self, folder: Path, *options: str, host: str = "127.0.0.1") -> None:
        self.folder, self.port = folder, _free_port()
        self.url = f"redis://{host}:{self.port}/0"
        self._socket = folder / "admin.sock"
        self._options = ["--port", str(self.port), "--bind", host, "--unixsocket", str(self._socket)]
        self._options += ["--dir", str(folder), "--save", "", *options]
        self._process: subprocess.Popen[bytes] | None = None
        self.admin: Any = redis.Redis(unix_socket_path=str(self._socket))

    def start(self, *options: str) -> None:
        """Start the server, and wait until it accepts connections."""
        command = [str(program()), *self._options, *options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until(self._listens)

    def stop(self) -> None:
        """Kill the server, and wait until it has exited."""
        self.admin.close()
        if self._process:
            self._process.kill()
            self._process.wait()

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self._socket)) == 0


@contextmanager
def running(folder: Path, *options: str, host: str = "127.0.0.1") -> Iterator[Refusing]:
    """Run a Valkey server during the block."""
    made = Refusing(folder, *options, host=host)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@contextmanager
def full(folder: Path) -> Iterator[str]:
    with running(folder, "--maxmemory", "1") as found:
        yield found.url


@contextmanager
def password_missing(folder: Path) -> Iterator[str]:
    with running(folder, "--requirepass", PASSWORD) as found:
        yield found.url


@contextmanager
def refused(folder: Path) -> Iterator[str]:
    with running(folder, "--requirepass", PASSWORD) as found:
        yield found.url.replace("://", "://:another@")


@contextmanager
def no_permission(folder: Path) -> Iterator[str]:
    with running(folder) as found:
        found.admin.execute_command(
            "ACL", "SETUSER", "desk", "on", f">{PASSWORD}", "~*", "&*", "+@all", "-lpush"
        )
        yield found.url.replace("://", f"://desk:{PASSWORD}@")


@contextmanager
def read_only(folder: Path) -> Iterator[str]:
    with running(folder, "--replicaof", "127.0.0.1 1") as found:
        yield found.url


@contextmanager
def primary_away(folder: Path) -> Iterator[str]:
    with running(folder, "--replicaof", "127.0.0.1 1", "--replica-serve-stale-data", "no") as found:
        yield found.url


@contextmanager
def too_few_replicas(folder: Path) -> Iterator[str]:
    with running(folder, "--min-replicas-to-write", "1") as found:
        yield found.url


@contextmanager
def cannot_save(folder: Path) -> Iterator[str]:
    """Valkey that cannot write its file, because there is a folder of this name. That stops even root."""
    with running(folder) as found:
        found.admin.config_set("save", "3600 1")
        (folder / "dump.rdb" / "in-the-way").mkdir(parents=True)
        found.admin.bgsave()
        until(lambda: found.admin.info("persistence")["rdb_last_bgsave_status"] == "err")
        yield found.url


@contextmanager
def loading(folder: Path) -> Iterator[str]:
    """Valkey that pauses at each key it loads, and answers in between."""
    with running(folder, "--rdbcompression", "no") as found:
        found.admin.mset({f"key {number}": "x" * 1024 for number in range(1000)})
        found.admin.save()
        found.stop()
        found.start("--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024")
        yield found.url


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    with running(folder, "--cluster-enabled", "yes", "--cluster-port", str(_free_port())) as found:
        yield found.url


@contextmanager
def too_many_clients(folder: Path) -> Iterator[str]:
    with running(folder, "--maxclients", "1") as found:
        found.admin.ping()
        yield found.url


@contextmanager
def no_such_database(folder: Path) -> Iterator[str]:
    with running(folder) as found:
        yield found.url.replace("/0", "/99")


# Name of a trouble in broker_troubles → context manager that yields the address of a server in this state.
STATES: dict[str, Callable[[Path], Any]] = {
    state.__name__: state
    for state in (
        full, password_missing, refused, no_permission, read_only, primary_away, too_few_replicas, cannot_save,
        loading, cluster, too_many_clients, no_such_database,
    )
}  # fmt: skip


def address_of_this_machine() -> str | None:
    """Address of this machine outside of the loopback interface, or None. Connecting the UDP socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith("127.") else address


@contextmanager
def answering(answer: str) -> Iterator[str]:
    """The address of a server that gives the same error reply to every command."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while line := self.rfile.readline():
                for _ in range(2 * int(line[1:])):
                    self.rfile.readline()
                self.wfile.write(f"-{answer}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"redis://:pw@127.0.0.1:{server.server_address[1]}/0"
        server.shutdown()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
