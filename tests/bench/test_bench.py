from pathlib import Path

import pytest

from tests.bench.bench import BENCHES, UnknownBench, load
from tests.bench.standins import bench_of, noted


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownBench) as refused:
        load("pipe")
    assert "'pipe'" in str(refused.value)
    assert all(name in str(refused.value) for name in BENCHES)


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_has_cases_and_says_what_it_measures(name: str) -> None:
    bench = load(name)
    assert bench.name == name
    assert bench.about
    assert bench.cases


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two cases of one name"):
        bench_of(tmp_path, noted("A"), noted("A"))


def test_a_baseline_must_be_a_case(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no case is named C"):
        bench_of(tmp_path, noted("A"), noted("B", baseline="C"))
