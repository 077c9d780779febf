from datetime import UTC, datetime, timedelta

import pytest

from intake.jobs.figures import DAY, Sample
from intake.web.admin.overview import HEIGHT, WIDTH, Sparkline, sparkline

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
STEP = timedelta(minutes=5)


def sample(steps_ago: int, waiting: int = 0) -> Sample:
    return Sample(NOW - steps_ago * STEP, waiting, came=2, ended=1)


def drawn(*day: Sample) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, _, y in (point.partition(",") for point in stretch.split())]
        for stretch in sparkline(day, NOW).stretches
    ]


def test_where_nothing_was_put_down_nothing_is_drawn() -> None:
    assert sparkline([], NOW) == Sparkline([], 0, 0, 0, None, None)


def test_the_day_goes_from_left_to_right_and_the_most_that_waited_to_the_top() -> None:
    begin, end = NOW - DAY, NOW
    day = (
        [Sample(begin, 0, 0, 0), Sample(begin + STEP, 5, 0, 0)],
        [Sample(end - STEP, 10, 0, 0), Sample(end, 5, 0, 0)],
    )
    first, second = drawn(*day[0], *day[1])
    assert first == [(0, HEIGHT - 1), (1, HEIGHT / 2)]
    assert second == [(WIDTH - 1, 1), (WIDTH, HEIGHT / 2)]


@pytest.mark.parametrize(("gap", "stretches"), [(1, 1), (2, 1), (3, 2), (200, 2)])
def test_one_that_is_missing_is_bridged_and_a_gap_is_not(gap: int, stretches: int) -> None:
    assert len(drawn(sample(gap), sample(0))) == stretches


def test_an_idle_day_lies_at_the_bottom() -> None:
    (line,) = drawn(sample(2), sample(1), sample(0))
    assert {y for _, y in line} == {HEIGHT - 1}


def test_what_came_and_ended_is_added_up() -> None:
    found = sparkline([sample(1, 7), sample(0, 3)], NOW)
    assert (found.most, found.came, found.ended) == (7, 4, 2)
