import pytest

from intake.demo.exclusive import DemoRunning, exclusive_run
from intake.settings import Settings


def test_one_run_at_a_time(app_settings: Settings) -> None:
    with exclusive_run(), pytest.raises(DemoRunning), exclusive_run():
        pass
    with exclusive_run():  # the first run has ended, so its lock is free
        pass
