"""A supervisor in its own process, as at a terminal."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from intake.local.servers.ping import answers
from intake.settings import Settings
from tests.local.standins import Journal, processes
from tests.waiting import until

ROOT = Path(__file__).parents[2]


@dataclass
class Installation:
    """A data folder and the processes that use it."""

    data_dir: Path
    journal: Journal
    port: int
    extra: Mapping[str, str]
    prefix: tuple[str, ...] = ()

    @property
    def env(self) -> dict[str, str]:
        """Environment of the supervisor."""
        own = {"TRANSOM_DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PYTHONPATH": str(ROOT)}
        return {**os.environ, **own, **self.extra}

    @property
    def settings(self) -> Settings:
        """Settings of the supervisor."""
        return Settings.from_env(self.env)

    def run(self, *names: str) -> "subprocess.Popen[str]":
        """Start the supervisor with these stand-ins."""
        program = [*self.prefix, sys.executable, "-m", "tests.local.driver", str(self.journal.path), *names]
        return subprocess.Popen(
            program, env=self.env, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    @contextmanager
    def up(self, *names: str) -> Iterator["subprocess.Popen[str]"]:
        """Start the supervisor and wait until it is up. Kills it at the end if it still runs."""
        running = self.run(*names)
        try:
            wait_for(running, "up at")
            yield running
        finally:
            running.kill()
            running.communicate()
            until(lambda: not self.alive)

    @property
    def alive(self) -> dict[int, str]:
        """Processes that use this data folder."""
        return processes(self.data_dir) | processes(self.journal.path) | processes(self.settings.run_dir)

    def query(self, statement: str) -> object:
        """First value of a query to its database."""
        url = self.settings.owner_url.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def broker_answers(self) -> bool:
        return answers(self.settings.broker_url)


def wait_for(running: "subprocess.Popen[str]", word: str, seconds: float = 60) -> None:
    """Read the supervisor's output until it says `word`."""
    assert running.stdout
    said = ""
    while word not in said:
        assert select.select([running.stdout], [], [], seconds)[0], (
            f"no {word!r} in {seconds} s, but {said!r}"
        )
        more = os.read(running.stdout.fileno(), 10_000).decode()
        assert more, f"it said {said!r} and ended: {running.communicate()}"
        said += more


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def stop(running: "subprocess.Popen[str]", number: int = signal.SIGINT) -> int:
    """Ask the supervisor to stop, as Ctrl-C does. Returns the exit code."""
    running.send_signal(number)
    running.communicate(timeout=60)
    return running.returncode
