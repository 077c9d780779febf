"""Cost of a family of processes. A child is controlled through its input, so that the test does not depend on speed."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.bench.family import Family, Watch
from tests.waiting import until

CHILD = "held = b'1' * (60 << 20)\nimport time\nwhile time.process_time() < 0.2: pass\ninput()"
PARENT = f"""
import subprocess, sys
swollen = len(b'1' * (120 << 20))
print('ready', flush=True)
input()
subprocess.run([sys.executable, '-c', {CHILD!r}])
print('done', flush=True)
input()
"""


class Parent:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.pid = process.pid
        assert process.stdin
        assert process.stdout
        self._mouth, self._ear = process.stdin, process.stdout

    def hears(self) -> None:
        self._mouth.write("\n")
        self._mouth.flush()

    def says(self, word: str) -> None:
        assert self._ear.readline() == f"{word}\n"


@pytest.fixture
def parent() -> Iterator[Parent]:
    """Process that has used 120 MB and released them.

    On request, it starts a child with 60 MB, which exits on request.
    """
    with subprocess.Popen(
        [sys.executable, "-u", "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        made = Parent(process)
        made.says("ready")
        yield made
        process.kill()


def test_who_was_born_is_found_and_who_died_is_forgotten(parent: Parent) -> None:
    family = Family(parent.pid)
    assert family.members == {parent.pid}
    parent.hears()
    born = until(family.look)
    assert len(born) == 1
    assert family.members == {parent.pid} | born
    parent.hears()
    parent.says("done")
    assert family.look() == set()
    assert family.members == {parent.pid}


def test_a_family_that_is_there_already_is_found(parent: Parent) -> None:
    parent.hears()
    until(lambda: len(Family(parent.pid).members) == 2)
    parent.hears()


def test_what_a_child_spent_is_counted_after_its_death(parent: Parent) -> None:
    with Watch(parent.pid) as watch:
        parent.hears()
        until(lambda: watch.peak_mb > 60)
        parent.hears()
        parent.says("done")
    # 0.2 s are spent. Both readings are in whole ticks of 10 ms.
    assert watch.cpu_s > 0.175


def test_peaks_from_before_do_not_count(parent: Parent) -> None:
    with Watch(parent.pid) as watch:
        parent.hears()
        until(lambda: watch.peak_mb > 60)
        parent.hears()
        parent.says("done")
    assert 60 < watch.peak_mb < 120


def test_a_family_that_is_gone_costs_nothing() -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    with Watch(gone.pid) as watch:
        pass
    assert (watch.cpu_s, watch.peak_mb) == (0, 0)
