import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.local.servers import drop_privileges

SHOW = "id -u; stat -c %u ."


def run(*args: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, "-I", "-S", drop_privileges.__file__, *args, "--", "/bin/sh", "-c", SHOW]
    return subprocess.run(program, cwd=cwd, capture_output=True, text=True, check=False)


def test_in_a_namespace_our_files_are_still_ours(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    done = run("namespace", "1", cwd=tmp_path)
    if done.returncode == 126:
        pytest.skip("the kernel forbids user namespaces here")
    assert done.stdout.split() == ["1", "1"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_is_given_up(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    done = run("user", "65534", "65534", cwd=Path("/"))
    assert done.stdout.split() == ["65534", "0"]


def test_what_cannot_be_had_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*ids: int) -> None:
        raise OSError(1, "no user namespaces here")

    monkeypatch.setattr(drop_privileges, "enter_namespace", refuse)
    with pytest.raises(SystemExit, match="126"):
        drop_privileges.main(["namespace", "1", "--", "true"])
    assert capsys.readouterr().err == "cannot become user 1: no user namespaces here\n"
