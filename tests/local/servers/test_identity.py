import os
import subprocess
from pathlib import Path

import pytest

from intake.local.errors import CannotStart
from intake.local.servers import identity
from intake.local.servers.identity import Identity, candidates, choose, ourselves

SHELL = Path("/bin/bash")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has a choice")


def dropped() -> Identity:
    return next(one for one in candidates() if one.uid != os.geteuid())


def test_an_ordinary_user_stays_what_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(identity, "_ordinary", lambda uid: True)
    assert choose(SHELL, tmp_path) == ourselves()


def test_a_user_without_a_name_needs_a_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not identity._ordinary(4_000_000_000)
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_000)
    assert ["namespace" in one.prefix for one in candidates()] == [True]


@needs_root
def test_root_prefers_a_namespace_and_then_another_user() -> None:
    first, second = candidates()
    assert "namespace" in first.prefix
    assert "user" in second.prefix
    assert second.uid != 0


@needs_root
def test_another_user_is_given_the_folders(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "postgres").mkdir(parents=True, mode=0o700)
    data.chmod(0o700)
    for parent in tmp_path.parents:
        if parent.stat().st_mode & 0o001 == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    tmp_path.chmod(0o711)
    user = dropped()
    assert choose(SHELL, data / "postgres", among=[user]) == user
    assert (data / "postgres").stat().st_uid == user.uid
    assert data.stat().st_mode & 0o777 == 0o711
    assert subprocess.run(user.argv("ls", str(data)), capture_output=True, check=False).returncode


@needs_root
def test_a_folder_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "data" / "postgres").mkdir(parents=True)
    closed.chmod(0o700)
    with pytest.raises(CannotStart, match=r"^PostgreSQL does not run as root, .* TRANSOM_DATABASE_URL\.$"):
        choose(SHELL, closed / "data" / "postgres", among=[dropped()])


def test_a_program_that_does_not_run_is_noticed(tmp_path: Path) -> None:
    assert not ourselves().can(tmp_path / "none", tmp_path)
    assert ourselves().can(SHELL, tmp_path)
    assert not ourselves().can(SHELL, tmp_path / "none")


def test_no_unprivileged_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "NAMES", ("surely-not-a-user",))
    with pytest.raises(CannotStart, match="no user `nobody`"):
        identity._unprivileged()
