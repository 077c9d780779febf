"""docs/ops/systemd.md, as far as it can be proven without systemd; where its tools are installed, by them as well."""

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from intake.cli import COMMANDS
from intake.sandbox.seccomp import X86_64
from intake.settings import Settings
from tests.ops.compose import services
from tests.ops.units import units, values, variables

PROCESSES = ["web", "worker", "relay", "scheduler"]


def test_all_units_are_there() -> None:
    assert set(units()) == {
        "transom@.service",
        "transom@relay.service.d/no-files.conf",
        "transom-migrate.service",
        "transom.target",
        "transom-backup.service",
        "transom-backup.timer",
    }


def test_the_target_starts_every_process() -> None:
    assert values(units()["transom.target"], "Wants") == [
        " ".join(f"transom@{name}.service" for name in PROCESSES)
    ]
    assert set(PROCESSES) <= COMMANDS.keys()


def test_commands_are_ours() -> None:
    called = {
        command
        for unit in units().values()
        for line in values(unit, "ExecStart")
        for command in re.findall(r"bin/transom ([\w%]+)", line)
    }
    assert called == {"%i", "migrate", "backup"}
    assert called - {"%i"} <= COMMANDS.keys()


def test_settings_are_documented() -> None:
    assert variables()
    assert set(variables()) <= {field.metadata["env"] for field in fields(Settings)}


def test_a_worker_has_as_long_to_end_as_in_a_container() -> None:
    unit = units()["transom@.service"]
    assert values(unit, "TimeoutStopSec") == [services()["worker"]["stop_grace_period"].removesuffix("s")]
    assert values(unit, "KillMode") == ["mixed"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="the machine has no systemd-analyze")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    """The only allowed complaint of systemd-analyze is about programs that are not installed here."""
    for name, text in units().items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    files = [tmp_path / name for name in units() if "/" not in name and "@" not in name]
    shutil.copy(tmp_path / "transom@.service", tmp_path / "transom@worker.service")
    done = subprocess.run(
        ["systemd-analyze", "verify", *files, tmp_path / "transom@worker.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert [line for line in ours if "is not executable" not in line] == []


SERVICES = ["transom@worker.service", "transom-migrate.service", "transom-backup.service"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="the machine has no systemd-analyze")
@pytest.mark.parametrize("name", SERVICES)
def test_no_service_is_rated_above_2_1(tmp_path: Path, name: str) -> None:
    """systemd rates the exposure of a service from 0 to 10. `--threshold` is in tenths."""
    source = "transom@.service" if "@" in name else name
    (tmp_path / name).write_text(units()[source])
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=21", "--no-pager", tmp_path / name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="the machine has no systemd-analyze")
@pytest.mark.parametrize("name", ["transom@.service", "transom-migrate.service", "transom-backup.service"])
def test_every_service_may_set_up_its_sandbox(name: str) -> None:
    """Children of a worker install their seccomp filter by `prctl`. The unit must allow every call that they may use."""
    assert values(units()[name], "SystemCallFilter") == ["@system-service"]
    assert values(units()[name], "SystemCallErrorNumber") == ["EPERM"]
    allowed = _calls("@system-service")
    assert {"prctl", "clone", "prlimit64", *X86_64} <= allowed


def _calls(group: str) -> set[str]:
    """Names of the system calls of a group, and of the groups in it."""
    done = subprocess.run(
        ["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True
    )
    found: set[str] = set()
    for word in (line.strip() for line in done.stdout.splitlines()[1:]):
        if word.startswith("@"):
            found |= _calls(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return found
