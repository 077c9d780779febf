import pytest

from intake.local.supervision import backoff
from intake.local.supervision.backoff import Backoff


def test_delays_double_up_to_the_longest() -> None:
    one = Backoff()
    assert [round(one.after(0), 1) for _ in range(9)] == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]


def test_a_child_that_ran_steadily_begins_anew() -> None:
    one = Backoff()
    one.after(0)
    one.after(0)
    assert one.after(backoff.STEADY + 1) == backoff.FIRST


def test_the_time_left_runs_down(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    one = Backoff()
    one.after(0)
    assert one.left() == pytest.approx(0.1)
    now = 100.2
    assert one.left() < 0
