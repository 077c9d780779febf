from tests.bench.case import Case
from tests.bench.outcome import Outcome
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
