"""The fork server: its environment, its start and its end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake import sandbox
from intake.sandbox import zygote
from tests.sandbox import family, tasks
from tests.waiting import until

ROOT = Path(__file__).parents[2]


def test_the_server_has_no_setting_no_folder_and_no_descriptor_but_its_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRANSOM_ADMIN_PASSWORD", "x")
    monkeypatch.setenv("PGPASSWORD", "x")
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    server = zygote.Zygote()
    try:
        process = Path(f"/proc/{server.pid}")
        until(lambda: b"intake.sandbox.server" in (process / "cmdline").read_bytes())
        names = {entry.partition(b"=")[0] for entry in (process / "environ").read_bytes().split(b"\0")}
        assert names <= {b"", b"LD_LIBRARY_PATH", b"MAGIC"}
        assert (process / "cwd").readlink() == Path("/")
        opened = {int(link.name): str(link.readlink()) for link in (process / "fd").iterdir()}
        assert [opened[0], opened[1]] == ["/dev/null", "/dev/null"]
        others = [target for number, target in opened.items() if number > 2 and "/usr" not in target]
        assert [target.partition(":")[0] for target in others] == ["socket"]
    finally:
        server.close()
        os.close(reading)
        os.close(writing)
    until(lambda: not family.state(server.pid))


def test_a_server_that_died_is_replaced() -> None:
    tasks.run(tasks.echo)
    dead = family.server()
    os.kill(dead, signal.SIGKILL)
    until(lambda: not family.state(dead))
    assert tasks.run(tasks.echo, b"abc")[0] == {"length": 3}
    assert family.server() != dead


def test_the_server_outlives_signals_that_stop_a_worker_with_its_group() -> None:
    """The worker may still have jobs to finish."""
    tasks.run(tasks.echo)
    server = family.server()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        os.kill(server, number)
    assert tasks.run(tasks.echo, b"abc")[0] == {"length": 3}
    assert family.server() == server


def test_another_user_gets_a_server_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.run(tasks.echo)
    before = family.server()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert family.server() != before
    until(lambda: not family.state(before))


def test_a_module_that_cannot_be_loaded_is_no_fault_of_the_file() -> None:
    with pytest.raises(OSError, match="ModuleNotFoundError"):
        zygote.load("tests.sandbox.missing")
    assert tasks.run(tasks.echo)[0] == {"length": 0}


def test_a_file_that_no_child_can_take_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure to make room for the input says nothing about the file, so the job is tried again later."""
    monkeypatch.setattr(sandbox, "sealed", lambda _data: os.open("/", os.O_RDONLY))
    with pytest.raises(OSError, match="no child in the sandbox"):
        tasks.run(tasks.echo)


def test_the_input_cannot_be_changed_and_arrives_whole() -> None:
    from intake.sandbox.channel import sealed, unsealed

    data = os.urandom(5_000_000)
    descriptor = sealed(data)
    try:
        with pytest.raises(PermissionError):
            os.pwrite(descriptor, b"x", 0)
        with pytest.raises(PermissionError):
            os.ftruncate(descriptor, 1)
        assert unsealed(descriptor) == data
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("how", ["exit", "kill"])
def test_the_server_and_its_children_end_with_the_process_that_started_them(how: str) -> None:
    program = (
        "import sys, threading\n"
        "from tests.sandbox import family, tasks\n"
        "from intake import sandbox\n"
        "sandbox.load(tasks.task_of(tasks.wait))\n"
        "threading.Thread(target=tasks.run, args=(tasks.wait,), daemon=True).start()\n"
        "print(family.server(), flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as started:
        assert started.stdin
        assert started.stdout
        server = int(started.stdout.readline())
        (child,) = until(lambda: family.children(server))
        if how == "kill":
            started.kill()
    until(lambda: not family.state(server) and not family.state(child))
