import os
import signal
from collections.abc import Iterator

import pytest

from tests.local.standins import Journal, processes


@pytest.fixture
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """Journal of this test's stand-ins. Those that a failed test leaves behind are killed."""
    kept = Journal(tmp_path_factory.mktemp("standins") / "journal")
    yield kept
    for pid in processes(kept.path):
        os.kill(pid, signal.SIGKILL)
