"""An installation that a test has started ends with the run, however the run ends."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local.standins import processes
from tests.waiting import until

ROOT = Path(__file__).parents[1]
RUN = """
import sys
from pathlib import Path
from tests.whole import running

with running(Path(sys.argv[1])):
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
def test_it_does_not_outlive_a_run_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "up\n"
        assert processes(tmp_path)
        run.send_signal(signal.SIGKILL)
    until(lambda: not processes(tmp_path))
