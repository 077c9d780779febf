import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.bench.case import Case
from tests.bench.outcome import Outcome
from tests.bench.report import READERS, Report
from tests.bench.standins import bench_of, outcome

MACHINE = {"cores": 2, "model": "Fabrika", "python": "3.11.2", "platform": "Linux"}


@pytest.fixture
def report(tmp_path: Path) -> Report:
    fast, slow = outcome("fast", 0.5, 0.25, 10), outcome("slow, far", 2, 1, 2000, baseline="fast")
    slow.rounds[0]["letters_per_s"] = 31.4159
    return Report(bench_of(tmp_path), 1, MACHINE, [fast, slow])


@pytest.fixture
def troubled(tmp_path: Path) -> Report:
    failed, missing = (
        outcome("dark", baseline="fast"),
        Outcome(Case("absent", argv=("true",)), missing="djpeg"),
    )
    failed.error = "the lamp is out"
    return Report(bench_of(tmp_path), 1, MACHINE, [outcome("fast"), failed, missing])


def test_json_is_one_object_of_the_promised_shape(report: Report) -> None:
    assert json.loads(report.json()) == {
        "name": "pretended",
        "machine": MACHINE,
        "cases": [
            {"name": "fast", "rounds": 1, "wall_s": 0.5, "cpu_s": 0.25, "peak_mb": 10},
            {
                "name": "slow, far",
                "rounds": 1,
                "wall_s": 2,
                "cpu_s": 1,
                "peak_mb": 2000,
                "letters_per_s": 31.4159,
            },
        ],
        "ratios": {"slow, far/fast": 4},
        "ranges": {"slow, far/fast": [4, 4]},
    }


def test_json_says_what_failed_and_what_was_left_out(troubled: Report) -> None:
    _, failed, missing = json.loads(troubled.json())["cases"]
    nothing = {"wall_s": None, "cpu_s": None, "peak_mb": None}
    assert failed == {"name": "dark", "rounds": 1, "error": "the lamp is out"} | nothing
    assert missing == {"name": "absent", "rounds": 0, "missing": "djpeg"} | nothing


def test_the_table_is_aligned(report: Report) -> None:
    assert report.table().splitlines() == [
        "case       wall time, s  CPU time, s  peak memory, MB  letters per s",
        "fast              0.500        0.250             10.0              –",
        "slow, far          2.00         1.00            2,000           31.4",
        "",
        "slow, far ÷ fast = 4.00 (wall time)",
    ]


def test_a_ratio_of_several_rounds_has_its_range(tmp_path: Path) -> None:
    fast, slow = outcome("fast", 1), outcome("slow", 2, baseline="fast")
    fast.rounds = [{"wall_s": wall} for wall in (1.0, 2.0, 1.0)]
    slow.rounds = [{"wall_s": wall} for wall in (2.0, 3.0, 3.0)]
    report = Report(bench_of(tmp_path), 3, MACHINE, [fast, slow])
    assert report.table().splitlines()[-1] == "slow ÷ fast = 2.00 (wall time, 1.50–3.00)"
    assert json.loads(report.json())["ranges"] == {"slow/fast": [1.5, 3]}
    assert "A ratio is the median of the rounds" in report.markdown(date(2026, 3, 5))


def test_the_table_says_what_failed_and_what_was_left_out(troubled: Report) -> None:
    assert troubled.table().splitlines()[-2:] == [
        "absent: left out, djpeg is not installed",
        "dark failed: the lamp is out",
    ]


def test_a_table_without_remarks_ends_with_its_rows(tmp_path: Path) -> None:
    table = Report(bench_of(tmp_path), 1, MACHINE, [outcome("fast")]).table()
    assert len(table.splitlines()) == 2


def test_the_page_has_all_that_a_reader_needs(report: Report) -> None:
    page = report.markdown(date(2026, 3, 5))
    assert page.startswith(f"# Bench: pretended\n\n{READERS}\n\nWhat is pretended.\n")
    assert "](pretended.svg)" in page
    assert (
        "| case | wall time, s | CPU time, s | peak memory, MB | letters per s |\n| --- | ---: | ---: |"
        in page
    )
    assert "| slow, far | 2.00 | 1.00 | 2,000 | 31.4 |" in page
    assert "- slow, far ÷ fast = 4.00 (wall time)" in page
    assert "Medians of 1 round," in page
    assert "2026-03-05 on Fabrika, 2 cores, Python 3.11.2, Linux" in page
    assert "`script/bench pretended --write`" in page


def test_the_page_ends_with_what_else_the_bench_has_to_tell(report: Report) -> None:
    told = replace(report, bench=replace(report.bench, appendix=lambda: "More of it."))
    assert "\n\nMore of it.\n\nTo measure again" in told.markdown(date(2026, 3, 5))
    assert "Linux.\n\nTo measure again" in report.markdown(date(2026, 3, 5))
