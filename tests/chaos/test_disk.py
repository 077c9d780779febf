"""Test disk of fault injection: it can be full for a while, and is unmounted at the end."""

import errno
import os
import threading
from pathlib import Path

import pytest

from tests.chaos.fire.disk import small_disk
from tests.waiting import until


def test_a_disk_is_full_to_the_last_block_and_then_has_room_again(tmp_path: Path) -> None:
    over = threading.Event()
    folder = tmp_path / "data"
    with small_disk(folder, 4) as disk:
        if not disk.own:
            pytest.skip("mounting is not allowed here")
        filling = threading.Thread(target=disk.fill, args=(over, 60))
        filling.start()
        until(lambda: os.statvfs(folder).f_bavail == 0)
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            (folder / "more").write_bytes(b"x")
        over.set()
        filling.join()
        (folder / "more").write_bytes(bytes(1 << 20))
        assert folder.is_mount()
    assert not folder.is_mount()
