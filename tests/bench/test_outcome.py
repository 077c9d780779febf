import pytest

from tests.bench.case import Case
from tests.bench.outcome import Outcome, ratios
from tests.bench.standins import outcome


def test_the_median_of_each_measure_is_taken_by_itself() -> None:
    rounds = [{"wall_s": 3.0, "more": 1.0}, {"wall_s": 1.0, "more": 5.0}, {"wall_s": 2.0, "more": 9.0}]
    found = Outcome(Case("A", argv=("true",)), rounds)
    assert found.medians == {"wall_s": 2, "more": 5}
    found.rounds.append({"wall_s": 9.0, "more": 6.0})
    assert found.medians == {"wall_s": 2.5, "more": 5.5}


def test_who_failed_once_has_no_figures() -> None:
    found = outcome("A")
    found.error = "the lamp is out"
    assert found.medians == {}


def test_ratios_are_of_the_measure_that_the_case_compares() -> None:
    found = [
        outcome("floor", wall=2, cpu=10),
        outcome("slow", wall=6, cpu=15, baseline="floor"),
        outcome("busy", wall=6, cpu=15, baseline="floor", compared="cpu_s"),
    ]
    assert ratios(found) == {"slow/floor": 3, "busy/floor": 1.5}


@pytest.mark.parametrize("which", [0, 1])
def test_there_is_no_ratio_with_a_case_that_failed(which: int) -> None:
    found = [outcome("floor"), outcome("slow", baseline="floor")]
    found[which].error = "the lamp is out"
    assert ratios(found) == {}


def test_nothing_is_divided_by_nothing() -> None:
    assert ratios([outcome("floor", wall=0), outcome("slow", baseline="floor")]) == {}
