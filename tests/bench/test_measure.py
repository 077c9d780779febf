"""Measures are not too low: a known use of time and memory is measured at least."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bench import measure

MB = 1024 * 1024
SPIN = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass\n"
SWELL = f"b'1' * {60 * MB}\n"
BARE = [sys.executable, "-I", "-S", measure.__file__, "program"]


def spin(context: Mapping[str, str]) -> None:
    """Spend 0.2 s here and 0.2 s in a child with 60 MB."""
    exec(SPIN)
    subprocess.run([sys.executable, "-c", SPIN + SWELL], check=True)


def tell(context: Mapping[str, str]) -> dict[str, float]:
    return {"wall_s": float(context["told"]), "more": 7}


def test_what_a_program_and_its_children_spend_is_seen() -> None:
    script = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {SPIN + SWELL!r}])\n{SPIN}"
    done = subprocess.run([*BARE, sys.executable, "-c", script], capture_output=True, check=True)
    seen = json.loads(done.stdout)
    assert seen["cpu_s"] >= 0.39
    assert seen["wall_s"] >= 0.2
    assert 60 <= seen["peak_mb"] < 600


def test_the_memory_of_who_starts_it_is_not_taken_for_the_program_s() -> None:
    held = bytearray(b"1" * 200 * MB)
    done = subprocess.run([*BARE, "true"], capture_output=True, check=True)
    assert len(held) == 200 * MB
    assert json.loads(done.stdout)["peak_mb"] < 100


def test_a_program_s_output_is_thrown_away_and_it_has_nothing_to_read() -> None:
    done = subprocess.run(
        [*BARE, "sh", "-c", "cat; echo spoken"], input="heard", capture_output=True, text=True, check=True
    )
    assert set(json.loads(done.stdout)) == {"wall_s", "cpu_s", "peak_mb"}


def test_a_program_that_fails_is_named() -> None:
    with pytest.raises(SystemExit, match="sh ended with exit code 3"):
        measure.program(["sh", "-c", "exit 3"])


def test_what_a_function_and_its_children_spend_is_seen() -> None:
    seen = measure.call(f"{__name__}:spin", {})
    assert seen["cpu_s"] >= 0.39
    assert seen["wall_s"] >= 0.2
    assert seen["peak_mb"] >= 60


def test_measures_of_a_function_replace_those_around_it() -> None:
    seen = measure.call(f"{__name__}:tell", {"told": "12.5"})
    assert (seen["wall_s"], seen["more"]) == (12.5, 7)
    assert seen["peak_mb"] > 1


def test_a_function_is_imported_before_the_clock_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_to_import.py").write_text(f"{SPIN}\ndef work(context): pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert measure.call("slow_to_import:work", {})["cpu_s"] < 0.2
