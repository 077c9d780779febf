"""Schedule of faults."""

import random

import pytest

from tests.chaos.fire import plan
from tests.chaos.fire.faults import LASTING, SUDDEN


@pytest.mark.parametrize("seconds", [30, 60, 600])
@pytest.mark.parametrize("seed", range(5))
def test_every_kind_has_its_turn_and_no_two_of_a_lane_meet(seed: int, seconds: float) -> None:
    chance = random.Random(seed)
    short, long = plan.sudden(chance, list(SUDDEN), seconds), plan.lasting(chance, list(LASTING), seconds)
    assert {strike.kind for strike in short} == set(SUDDEN)
    assert {strike.kind for strike in long} == set(LASTING)
    ends = [0.0, *(strike.at + strike.seconds for strike in long)]
    assert all(before <= strike.at for before, strike in zip(ends, long, strict=False))
    assert max(ends[-1], short[-1].at) <= seconds
    assert all(0 < strike.seconds <= plan.LONGEST_S for strike in long)


def test_the_same_seed_makes_the_same_plan() -> None:
    once, again = (plan.sudden(random.Random(3), list(SUDDEN), 60) for _ in range(2))
    assert once == again


def test_a_long_run_strikes_more_often() -> None:
    assert len(plan.sudden(random.Random(3), list(SUDDEN), 600)) == 100
    assert len(plan.lasting(random.Random(3), list(LASTING), 600)) == 15
