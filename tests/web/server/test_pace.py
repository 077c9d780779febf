import pytest

from intake.web.server.pace import Pace


def test_a_client_may_pause_but_not_for_long() -> None:
    pace = Pace(grace=10, least_rate=100)
    pace.count(9, 1)
    assert pace.left == pytest.approx(1.01)
    pace.count(2, 0)
    assert pace.left < 0


def test_bytes_earn_time_up_to_the_grace() -> None:
    pace = Pace(grace=10, least_rate=100)
    pace.count(8, 500)
    assert pace.left == 7
    pace.count(0, 1_000_000)
    assert pace.left == 10


def test_a_steady_drip_below_the_least_rate_ends() -> None:
    pace = Pace(grace=10, least_rate=100)
    seconds = 0
    while pace.left > 0:
        pace.count(1, 50)
        seconds += 1
    assert seconds == 20


def test_the_rate_counts_only_the_time_in_which_the_server_waited() -> None:
    pace = Pace()
    pace.count(2, 1000)
    pace.count(0, 1000)
    assert pace.rate == 1000
    assert Pace().rate == 0
