import subprocess
import sys

from tests.bench.stopwatch import spent


def test_counts_what_a_child_spends() -> None:
    measures = spent(lambda: subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True))
    assert 0 < measures["cpu_s"] <= measures["wall_s"] * 2 + 0.1
