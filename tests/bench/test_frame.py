from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.bench import frame
from tests.bench.case import Case, Context
from tests.bench.standins import bench_of, fail, journal, noted


def quiet(turn: int, case: Case) -> None:
    pass


def test_cases_take_turns_each_in_a_process_of_its_own(tmp_path: Path) -> None:
    frame.run(bench_of(tmp_path, noted("A"), noted("B"), noted("C")), 2, quiet)
    marks, pids = zip(*journal(tmp_path), strict=True)
    assert "".join(marks) == "ABC" + "ABCABC"
    assert len(set(pids)) == 9


def test_the_baseline_is_measured_again_right_before_a_paired_case(tmp_path: Path) -> None:
    paired = replace(noted("C", baseline="A"), paired=True)
    outcomes = frame.run(bench_of(tmp_path, noted("A"), noted("B"), paired), 1, quiet)
    assert "".join(mark for mark, _ in journal(tmp_path)) == "ABC" + "ABAC"
    assert [one["wall_s"] for one in outcomes[2].bases] == [6]
    assert [one["wall_s"] for one in outcomes[2].rounds] == [7]


def test_a_paired_case_runs_though_its_baseline_cannot(tmp_path: Path) -> None:
    floor = Case("A", argv=("true",), needs=("no-such-program",))
    paired = replace(noted("B", baseline="A"), paired=True)
    outcomes = frame.run(bench_of(tmp_path, floor, paired), 1, quiet)
    assert (len(outcomes[1].rounds), outcomes[1].bases) == (1, [])


def test_the_warm_up_is_forgotten(tmp_path: Path) -> None:
    outcomes = frame.run(bench_of(tmp_path, noted("A"), noted("B")), 2, quiet)
    assert [[one["wall_s"] for one in outcome.rounds] for outcome in outcomes] == [[3, 5], [4, 6]]


def test_who_fails_is_not_tried_again_and_the_others_go_on(tmp_path: Path) -> None:
    cases = noted("A"), Case("B", call=fail, given={"mark": "B"}), noted("C")
    outcomes = frame.run(bench_of(tmp_path, *cases), 2, quiet)
    assert "".join(mark for mark, _ in journal(tmp_path)) == "ABCACAC"
    assert [outcome.error for outcome in outcomes] == ["", "RuntimeError: the lamp is out", ""]


def test_a_case_without_its_program_is_left_out(tmp_path: Path) -> None:
    lacking = Case("B", argv=("true",), needs=("sh", "no-such-program"))
    outcomes = frame.run(bench_of(tmp_path, noted("A"), lacking), 1, quiet)
    assert [(outcome.missing, len(outcome.rounds)) for outcome in outcomes] == [
        ("", 1),
        ("no-such-program", 0),
    ]
    assert outcomes[1].error == ""


def test_it_is_said_what_comes_next(tmp_path: Path) -> None:
    said: list[tuple[int, str]] = []
    bench = bench_of(tmp_path, noted("A"), noted("B"))
    frame.run(bench, 1, lambda turn, case: said.append((turn, case.name)))
    assert said == [(0, "A"), (0, "B"), (1, "A"), (1, "B")]


def test_what_the_cases_share_is_set_up_once_and_taken_down_though_one_fails(tmp_path: Path) -> None:
    happened = []

    @contextmanager
    def shared() -> Iterator[Context]:
        happened.append("up")
        yield {"journal": str(tmp_path / "journal")}
        happened.append("down")

    bench = replace(bench_of(tmp_path, Case("A", call=fail, given={"mark": "A"}), noted("B")), shared=shared)
    frame.run(bench, 2, quiet)
    assert happened == ["up", "down"]
