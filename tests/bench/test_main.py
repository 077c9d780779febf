"""`python -m tests.bench`, which script/bench runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.bench import __main__, bench, page
from tests.bench.bench import Bench
from tests.bench.case import Case
from tests.bench.standins import bench_of, fail, journal, noted


@pytest.fixture(autouse=True)
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary folder in place of docs/bench."""
    folder = tmp_path / "docs"
    monkeypatch.setattr(page, "FOLDER", folder)
    return folder


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    found = bench_of(tmp_path, noted("A"), noted("B", baseline="A"))
    monkeypatch.setattr(bench, "load", lambda name: found)
    return found


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    found = bench_of(tmp_path, noted("A"), Case("B", call=fail, given={"mark": "B"}))
    monkeypatch.setattr(bench, "load", lambda name: found)
    return found


def run(*args: str) -> Result:
    return CliRunner().invoke(__main__.main, ["pretended", *args])


def test_a_table_and_progress_apart(good: Bench) -> None:
    done = run("--rounds", "1")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0].startswith("case ")
    assert "B ÷ A = 1.33 (wall time)" in done.stdout
    assert done.stderr == "warm-up\nround 1 of 1\n"


def test_with_json_standard_output_is_one_object(good: Bench) -> None:
    done = run("--rounds", "1", "--json")
    assert json.loads(done.stdout)["ratios"] == {"B/A": 1.333333}


def test_there_are_five_rounds_unless_said_otherwise(good: Bench, tmp_path: Path) -> None:
    assert all(case["rounds"] == 5 for case in json.loads(run("--json").stdout)["cases"])
    assert len(journal(tmp_path)) == 2 * 6


def test_nothing_is_written_unless_asked_for(good: Bench, docs: Path) -> None:
    run("--rounds", "1")
    assert not docs.exists()


def test_page_and_plot_are_written(good: Bench, docs: Path) -> None:
    done = run("--rounds", "1", "--write", "--json")
    assert json.loads(done.stdout)["name"] == "pretended"
    assert f"Written: {docs / 'pretended.md'}" in done.stderr
    assert (docs / "pretended.svg").exists()


def test_a_case_that_fails_is_reported_and_nothing_is_written(failing: Bench, docs: Path) -> None:
    done = run("--rounds", "1", "--write")
    assert done.exit_code == 1
    assert "B failed: RuntimeError: the lamp is out" in done.stdout
    assert "Nothing was written" in done.stderr
    assert not docs.exists()


def test_an_unknown_name_lists_the_known_ones() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "pipe"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "There is no bench 'pipe'. There are: desk, documents, faces, jobs" in done.stderr
