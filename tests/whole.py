"""A whole installation, as `transom up` runs it: real servers, real workers, a real web server."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner

from intake.cli import main
from intake.settings import Settings
from tests.forgetting import forget
from tests.waiting import until

PR_SET_PDEATHSIG = 1  # linux/prctl.h

MAILS_FAIL = "Notifications are not being processed: their test job fails."

# Name of a process → part of its command line, by which it is recognised.
MARKS = {
    "postgres": "pginstall/bin/postgres",
    "valkey": "valkey-server",
    "worker": "celery --app workers.app",
    "relay": "workers relay",
    "scheduler": "workers scheduler",
    "web": "intake web",
}


@dataclass
class Whole:
    """A running installation. `settings` are the settings of its processes."""

    settings: Settings
    process: subprocess.Popen[str]
    log: Path
    env: dict[str, str]
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        # The web server closes idle connections, and a request sent at that moment would fail. Therefore each request uses a
        # new connection.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(base_url=self.settings.base_url, timeout=30, limits=limits)

    def pids(self, name: str) -> list[int]:
        """Ids of the installation's processes with this name, a key of MARKS, oldest first."""
        found = [pid for pid, line in self._processes() if MARKS[name] in line]
        return sorted(found, key=_started)

    def kill(self, name: str) -> int:
        """Send SIGKILL to the oldest process with this name, once there is one. Returns its pid."""
        pid = until(lambda: self.pids(name), 30)[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def transom(self, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a `transom` command on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "intake", *args],
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def add_editor(self, email: str, password: str, *roles: str) -> None:
        """Add an account with a password. Runs the command in this process, because a start of `transom` takes two seconds."""
        options = [word for role in roles for word in ("--role", role)]
        name = email.split("@")[0].title()
        args = ["user", "add", "--email", email, "--name", name, *options, "--password-stdin"]
        others = {name: None for name in os.environ if name.startswith("TRANSOM_")}
        forget()
        done = CliRunner().invoke(main, args, input=password, env={**others, **self.env})
        forget()
        assert done.exit_code == 0, done.output

    def submit(
        self, title: str, *, photos: list[bytes] | None = None, body: str = "Text.", **fields: str
    ) -> str:
        """Send a submission by the API. Returns the receipt."""
        answer = self.client.post(
            "/api/v1/submissions",
            data={"title": title, "body": body, "consent": "yes", "language": "en", **fields},
            files={f"photo-{i}": ("IMG_planted.jpg", data) for i, data in enumerate(photos or [], start=1)}
            or None,
        )
        assert answer.status_code == 201, answer.text
        receipt: str = answer.json()["receipt"]
        return receipt

    def stop(self) -> None:
        """Send SIGINT, as Ctrl-C does, and wait until all processes have exited."""
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        until(lambda: not self._processes())

    def _processes(self) -> list[tuple[int, str]]:
        """Find processes by the data folder in their environment, and Valkey, which overwrites that, by its socket."""
        mark, socket_folder = (
            f"TRANSOM_DATA_DIR={self.settings.data_dir}\0".encode(),
            str(self.settings.run_dir),
        )
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                line = (folder / "cmdline").read_text().replace("\0", " ")
                ours = mark in (folder / "environ").read_bytes() or socket_folder in line
                if ours and int(folder.name) != self.process.pid:
                    found.append((int(folder.name), line))
        return found


def _started(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
    return sys.maxsize


@contextlib.contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Whole]:
    """Run `transom up` with data in `folder` during the block. Keywords are environment variables."""
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSOM_")}
    env |= {
        "TRANSOM_DATA_DIR": str(folder / "data"),
        "PORT": str(port),
        # Browsers of tests fill in a form faster than people do.
        "TRANSOM_FASTEST_SECONDS": "0",
        # Tests that share an installation send more in an hour than a newsroom gets. None of it may be held as suspicious.
        "TRANSOM_HOURLY_BUDGET": "100000",
        **{k: str(v) for k, v in settings.items()},
    }
    log = folder / "up.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "intake", "up"],
            env=env,
            stdout=out,
            stderr=out,
            text=True,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    whole = Whole(Settings.from_env(env), process, log, env)
    try:
        _wait_until_up(whole)
        yield whole
    finally:
        whole.stop()


def _end_with_parent() -> None:
    """Make the kernel stop the installation when pytest is killed. Otherwise its processes would run for ever."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_up(whole: Whole) -> None:
    def ready() -> bool:
        assert whole.process.poll() is None, whole.log.read_text()
        with contextlib.suppress(httpx.TransportError):
            answer = whole.client.get("/healthz/ready")
            # Some tests want mails to fail. On a busy machine, the test mail may fail before this check: the installation is
            # up all the same.
            return answer.status_code == 200 or MAILS_FAIL in answer.text
        return False

    until(ready, 120)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
