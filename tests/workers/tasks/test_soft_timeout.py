import contextlib
import signal
import threading

import pytest

from workers.tasks.soft_timeout import SoftTimeout, soft_timeout


def test_what_is_done_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with soft_timeout(30):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(SoftTimeout), soft_timeout(0.01):
        threading.Event().wait()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_it_is_said_again_to_who_did_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.tasks.soft_timeout.REPEAT_SECONDS", 0.01)

    def deaf() -> None:
        with contextlib.suppress(SoftTimeout):
            threading.Event().wait()
        threading.Event().wait()

    with pytest.raises(SoftTimeout), soft_timeout(0.01):
        deaf()


def test_a_thread_other_than_the_main_one_has_no_timeout() -> None:
    done = []

    def work() -> None:
        with soft_timeout(0.001):
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
