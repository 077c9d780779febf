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

# What the command line of each process shows.
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
    """A running installation; `settings` are those that its processes have."""

    settings: Settings
    process: subprocess.Popen[str]
    log: Path
    env: dict[str, str]
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        # The web server ends a connection that was idle for a while; a request sent at that very moment would find it reset,
        # and under load no client can tell how old a connection is to the server. So each request has one of its own.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(base_url=self.settings.base_url, timeout=30, limits=limits)

    def pids(self, name: str) -> list[int]:
        """Process ids of one name, the eldest first, found by the data folder in their environment."""
        found = [pid for pid, line in self._processes() if MARKS[name] in line]
        return sorted(found, key=_started)

    def kill(self, name: str) -> int:
        """SIGKILL to the eldest process of a name, once there is one; its pid."""
        pid = until(lambda: self.pids(name), 30)[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def transom(self, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """A `transom` command on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "intake", *args],
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def add_editor(self, email: str, password: str, *roles: str) -> None:
        """An account with a password, by the command in this process: a start of `transom` takes two seconds."""
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
        """Send a submission by the API; the receipt."""
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
        """Ctrl-C, and all processes gone."""
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        until(lambda: not self._processes())

    def _processes(self) -> list[tuple[int, str]]:
        """Ours by the data folder in their environment; Valkey, which writes its title over that, by its socket."""
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
    """`transom up` on a folder, until the block ends. Keywords are environment variables."""
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSOM_")}
    env |= {
        "TRANSOM_DATA_DIR": str(folder / "data"),
        "PORT": str(port),
        # Browsers of tests fill in a form faster than people do.
        "TRANSOM_FASTEST_SECONDS": "0",
        # Tests that share an installation send more in an hour than a newsroom gets, and nothing shall wait apart.
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
    """Have the kernel stop the installation when pytest is killed, or its processes would go on for ever."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_up(whole: Whole) -> None:
    def ready() -> bool:
        assert whole.process.poll() is None, whole.log.read_text()
        with contextlib.suppress(httpx.TransportError):
            answer = whole.client.get("/healthz/ready")
            # An installation whose mails shall fail is up, too. On a busy machine, its first test mail fails before this question.
            return answer.status_code == 200 or MAILS_FAIL in answer.text
        return False

    until(ready, 120)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
