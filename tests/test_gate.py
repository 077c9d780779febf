"""The gate on small suites in processes of their own: tests left out, its message, and the spreading of tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.gate import IN_ONE_PROCESS, QUICK, group_of, rank

ROOT = Path(__file__).parents[1]

SUITE = """
import pytest

def test_a():
    pass

@pytest.mark.slow
def test_b():
    pass

@pytest.mark.slow
def test_c():
    pass
"""
LEFT_OUT = "2 slow tests were left out. To run them too: script/test --everything"


def pytest_on(folder: Path, *args: str) -> str:
    """Run pytest with the plugin on the suite. Return what it printed."""
    (folder / "test_suite.py").write_text(SUITE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow")
    program = [sys.executable, "-m", "pytest", "-v", "-p", "tests.gate", "-p", "no:cacheprovider", *args]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [*program, "--rootdir", str(folder), str(folder)],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("workers", [pytest.param("0", marks=pytest.mark.slow), "2"])
def test_the_gate_says_how_many_it_leaves_out(tmp_path: Path, workers: str) -> None:
    printed = pytest_on(tmp_path, "-n", workers, "-m", "not slow")
    assert "1 passed" in printed
    assert LEFT_OUT in printed


def test_a_whole_run_leaves_nothing_out_and_begins_with_the_slow(tmp_path: Path) -> None:
    printed = pytest_on(tmp_path, "-n", "0")
    assert "3 passed" in printed
    assert "left out" not in printed
    order = [line.split("::")[1][:6] for line in printed.splitlines() if "PASSED" in line]
    assert order == ["test_b", "test_c", "test_a"]


def test_a_choice_by_words_is_not_the_gate(tmp_path: Path) -> None:
    assert "left out" not in pytest_on(tmp_path, "-n", "0", "-k", "test_a")


def test_no_example_of_hypothesis_has_a_deadline() -> None:
    assert settings().deadline is None


GROUPS = {
    "tests/journeys/desk/test_claims.py::test_one[a]": "newsroom: desk",
    "tests/journeys/test_submit.py::test_one": "newsroom: others",
    "tests/journeys/desk/test_newcomer.py::test_one": "demo",
    "tests/journeys/test_several_machines.py::test_one": "tests/journeys/test_several_machines.py::test_one",
    "tests/test_db.py::test_one": "tests/test_db.py::test_one",
    "tests/migrations/test_env.py::test_every_earlier_database_comes_to_the_newest[0001]": IN_ONE_PROCESS[0],
    "tests/web/desk/test_queue.py::test_one": "tests/web/desk/test_queue.py",
    "tests/script/test_release.py::test_one": "tests/script/test_release.py",
}


def test_what_is_quick_comes_last() -> None:
    ids = [
        f"{QUICK[0]}test_a.py::test_a",
        "tests/test_db.py::test_a",
        "tests/journeys/test_answer.py::test_a",
    ]
    assert sorted(ids, key=rank) == ids[::-1]
    assert all((ROOT / folder).is_dir() for folder in QUICK)


@pytest.mark.parametrize("nodeid", GROUPS)
def test_journeys_through_one_installation_are_a_group(nodeid: str) -> None:
    assert group_of(nodeid) == GROUPS[nodeid]


def test_one_process_runs_a_whole_group(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "journeys" / "desk"
    folder.mkdir(parents=True)
    (folder / "test_claims.py").write_text(
        "import pytest\n@pytest.mark.parametrize('n', range(9))\ndef test_claim(n): pass\n"
    )
    printed = pytest_on(tmp_path, "-n", "2", "--dist", "loadgroup")
    processes = {
        line.split()[0] for line in printed.splitlines() if "PASSED" in line and "test_claim[" in line
    }
    assert "12 passed" in printed
    assert len(processes) == 1
