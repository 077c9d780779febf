import os
import signal
from collections.abc import Iterator

import pytest

from tests.local.standins import Journal, processes


@pytest.fixture
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """What the stand-ins of this test note. Those that a failed test leaves behind are killed."""
    kept = Journal(tmp_path_factory.mktemp("standins") / "journal")
    yield kept
    for pid in processes(kept.path):
        os.kill(pid, signal.SIGKILL)
