import sys
from pathlib import Path

import pytest

from tests.bench.case import Case, Context
from tests.bench.child import CaseFailed, measured
from tests.bench.standins import bench_of, fail, journal, noted, talk
from tests.waiting import until


def context(folder: Path) -> Context:
    with bench_of(folder).shared() as given:
        return {**given, "mark": "?"}


def test_a_function_gets_the_context_and_what_its_case_adds(tmp_path: Path) -> None:
    assert measured(noted("A"), context(tmp_path))["wall_s"] == 1
    assert journal(tmp_path)[0][0] == "A"


def test_each_measuring_is_in_a_process_of_its_own(tmp_path: Path) -> None:
    for _ in range(2):
        measured(noted("A"), context(tmp_path))
    assert len({pid for _, pid in journal(tmp_path)}) == 2


def test_a_program_gets_values_of_the_context(tmp_path: Path) -> None:
    case = Case("touch", argv=("touch", "{journal}-{what}"), given={"what": "made"})
    assert measured(case, context(tmp_path))["peak_mb"] > 0
    assert (tmp_path / "journal-made").exists()


def test_what_a_function_prints_does_not_spoil_the_answer(tmp_path: Path) -> None:
    assert set(measured(Case("talk", call=talk), {})) == {"wall_s", "cpu_s", "peak_mb"}


def test_why_it_failed_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CaseFailed) as failed:
        measured(Case("fail", call=fail), context(tmp_path))
    assert str(failed.value) == "RuntimeError: the lamp is out"


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(CaseFailed, match="no-such-program"):
        measured(Case("none", argv=("no-such-program",)), {})


def test_who_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    script = f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    with pytest.raises(CaseFailed, match="did not end within 3 s"):
        measured(Case("slow", argv=(sys.executable, "-I", "-S", "-c", script), limit_s=3), {})
    stat = Path(f"/proc/{(tmp_path / 'pid').read_text()}/stat")
    # Without an init process that reaps orphans, it stays a zombie.
    until(lambda: not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z")
