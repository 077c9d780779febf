import os
import select
import signal

import pytest

from intake.local.supervision.signals import STOP, StopSignals


@pytest.mark.parametrize("number", STOP)
def test_a_stop_signal_is_noted_and_wakes_us(number: int) -> None:
    with StopSignals() as stops:
        assert not stops.received
        os.kill(os.getpid(), number)
        assert select.select([stops], [], [], 10)[0]
        stops.drain()
        assert not select.select([stops], [], [], 0)[0]
        assert stops.received


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in STOP]
    with StopSignals():
        assert [signal.getsignal(number) for number in STOP] != before
    assert [signal.getsignal(number) for number in STOP] == before


def test_under_nohup_a_closed_terminal_is_no_reason_to_stop() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with StopSignals() as stops:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stops.received
    finally:
        signal.signal(signal.SIGHUP, before)
