import pytest

from tests.bench.case import Case
from tests.bench.outcome import Outcome
from tests.bench.ratio import ratios
from tests.bench.standins import outcome


def found(*outcomes: Outcome) -> dict[str, float]:
    return {ratio.name: ratio.median for ratio in ratios(outcomes)}


def test_ratios_are_of_the_measure_that_the_case_compares() -> None:
    assert found(
        outcome("floor", wall=2, cpu=10),
        outcome("slow", wall=6, cpu=15, baseline="floor"),
        outcome("busy", wall=6, cpu=15, baseline="floor", compared="cpu_s"),
    ) == {"slow/floor": 3, "busy/floor": 1.5}


def test_a_case_may_compare_further_measures() -> None:
    case = Case("busy", argv=("true",), baseline="floor", compared="cpu_s", also_compared=("wall_s",))
    busy = Outcome(case, [{"wall_s": 6, "cpu_s": 15}])
    assert found(outcome("floor", wall=2, cpu=10), busy) == {"busy/floor": 1.5, "busy/floor/wall_s": 3}


def test_the_ratio_is_the_median_of_the_rounds_not_the_ratio_of_the_medians() -> None:
    """One round was measured while the machine was busy."""
    floor, slow = outcome("floor", 1), outcome("slow", 2, baseline="floor")
    floor.rounds = [{"wall_s": wall} for wall in (1.0, 5.0, 1.0)]
    slow.rounds = [{"wall_s": wall} for wall in (2.0, 10.0, 9.0)]
    (ratio,) = ratios([floor, slow])
    assert (ratio.median, ratio.range) == (2, (2, 9))


def test_a_paired_case_is_compared_with_what_was_measured_right_before_it() -> None:
    paired = outcome("slow", 6, baseline="floor")
    paired.bases = [{"wall_s": 3.0}]
    assert found(outcome("floor", 1), paired) == {"slow/floor": 2}


@pytest.mark.parametrize("which", [0, 1])
def test_there_is_no_ratio_with_a_case_that_failed(which: int) -> None:
    outcomes = [outcome("floor"), outcome("slow", baseline="floor")]
    outcomes[which].error = "the lamp is out"
    assert found(*outcomes) == {}


def test_nothing_is_divided_by_nothing() -> None:
    assert found(outcome("floor", wall=0), outcome("slow", baseline="floor")) == {}
