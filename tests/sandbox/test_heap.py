import re
import subprocess
import sys
from pathlib import Path

import pytest

from intake.sandbox import heap
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused
from intake.sandbox.task import RawAnswer
from tests.sandbox import tasks

LARGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")
# Runs in its own process, because a sandboxed child cannot read /proc.
SETTLE = "from intake.sandbox import heap; print(heap.configure({})); print(open('/proc/self/smaps').read())"


def large_pages_are_to_be_had() -> bool:
    return LARGE_PAGES.exists() and "[never]" not in LARGE_PAGES.read_text()


def asked_for(limit: str) -> tuple[str, int]:
    """Answer of `heap.configure(limit)`, and bytes for which large pages are requested."""
    told = subprocess.run(
        [sys.executable, "-c", SETTLE.format(limit)], capture_output=True, text=True, check=True
    ).stdout
    settled, _, maps = told.partition("\n")
    asked = [area for area in re.split(r"\n(?=[0-9a-f]+-)", maps) if " hg" in area.partition("VmFlags:")[2]]
    sizes = [int(size) for area in asked for size in re.findall(r"^Size: +(\d+) kB", area, re.MULTILINE)]
    return settled, sum(sizes) * 1024


@pytest.mark.skipif(not large_pages_are_to_be_had(), reason="this kernel has no large pages")
def test_the_reserve_asks_for_large_pages() -> None:
    """The test checks only that large pages are requested. Nobody can promise that memory is contiguous."""
    settled, size = asked_for("")
    assert settled == "True"
    assert size >= heap.RESERVE - 4 * MB


@pytest.mark.skipif(not large_pages_are_to_be_had(), reason="this kernel has no large pages")
def test_at_most_half_of_a_limit_is_reserved() -> None:
    settled, size = asked_for(str(100 * MB))
    assert settled == "True"
    assert 46 * MB <= size <= 50 * MB


def configured(_data: bytes) -> RawAnswer:
    return {"settled": heap.configure()}, []


def test_the_reserve_counts_as_memory() -> None:
    """A child with a limit below the reserve runs without the reserve, and works."""
    limits = Limits(memory_bytes=heap.RESERVE // 2)
    assert tasks.run(configured, limits=limits)[0] == {"settled": False}


def test_a_child_cannot_have_more_than_its_limit_out_of_the_reserve() -> None:
    with pytest.raises(Refused) as refused:
        tasks.run(tasks.swell, limits=Limits(memory_bytes=heap.RESERVE // 2), size=heap.RESERVE - 16 * MB)
    assert refused.value.reason == "too_much_memory"
