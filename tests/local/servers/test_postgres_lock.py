import os
import subprocess
from pathlib import Path

import pytest

from intake.local.servers.postgres import clear_stale_lock
from tests.waiting import until


@pytest.mark.parametrize("text", ["", "nonsense\n", "PID\n/data\n", "4194304000\n"])
def test_a_lock_that_no_server_holds_is_removed(tmp_path: Path, text: str) -> None:
    lock = tmp_path / "postmaster.pid"
    lock.write_text(text.replace("PID", str(os.getpid())))
    clear_stale_lock(lock)
    assert not lock.exists()


def test_no_lock_is_fine(tmp_path: Path) -> None:
    clear_stale_lock(tmp_path / "postmaster.pid")


def test_a_running_server_keeps_its_lock(tmp_path: Path) -> None:
    program = tmp_path / "postgres"
    program.symlink_to("/bin/sleep")
    running = subprocess.Popen([program, "60"])
    try:
        # The parent learns of the exec a moment before the kernel renames the process.
        until(lambda: Path(f"/proc/{running.pid}/comm").read_text() == "postgres\n")
        lock = tmp_path / "postmaster.pid"
        lock.write_text(f"{running.pid}\n")
        clear_stale_lock(lock)
        assert lock.exists()
    finally:
        running.kill()
        running.wait()
