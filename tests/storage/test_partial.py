import os
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.crypto import new_key
from intake.storage import CHUNK, Disk
from intake.storage import partial as partials
from intake.storage.partial import Partial, TakenOver

KEY = new_key()
NAME = f"quarantine/{uuid.uuid4()}/{uuid.uuid4()}"
DATA = os.urandom(3 * CHUNK + 1000)


def arrived(root: Path) -> Path:
    return root / NAME.partition("/")[2]


def send(root: Path, data: bytes) -> int:
    with Partial(root, NAME, NAME, KEY) as file:
        file.write(data)
    with Partial(root, NAME, NAME, KEY) as file:
        return file.offset


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, len(DATA)])
def test_a_file_of_any_size_is_the_same_in_the_storage(tmp_path: Path, size: int) -> None:
    files = Disk(tmp_path / "files")
    with Partial(tmp_path / "uploads", NAME, NAME, KEY) as file:
        file.write(DATA[:size])
        file.finish(files)
    assert files.read(NAME, KEY) == DATA[:size]
    assert list((tmp_path / "uploads").glob("*")) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2 * CHUNK + 10), max_size=6))
def test_parts_of_any_sizes_are_put_together(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    root = tmp_path_factory.mktemp("partial")
    whole, files = b"", Disk(root / "files")
    for number, size in enumerate(sizes):
        part = bytes([number]) * size
        assert send(root / "uploads", part) == len(whole) + size
        whole += part
    with Partial(root / "uploads", NAME, NAME, KEY) as file:
        file.finish(files)
    assert files.read(NAME, KEY) == whole


def test_nothing_plain_is_on_the_disk(tmp_path: Path) -> None:
    send(tmp_path, b"the guard who told us" * 5000)
    for path in tmp_path.glob("*/*"):
        assert b"guard" not in path.read_bytes()
        assert path.parent.stat().st_mode & 0o077 == 0


def test_a_process_that_dies_loses_less_than_a_chunk(tmp_path: Path) -> None:
    if (child := os.fork()) == 0:
        Partial(tmp_path, NAME, NAME, KEY).__enter__().write(DATA)
        os._exit(0)
    os.waitpid(child, 0)
    with Partial(tmp_path, NAME, NAME, KEY) as again:
        assert again.offset == 3 * CHUNK


@pytest.mark.parametrize("damage", ["cut", "zeros"])
def test_an_end_that_a_power_cut_spoilt_is_sent_again(tmp_path: Path, damage: str) -> None:
    send(tmp_path, DATA)
    path = arrived(tmp_path)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-100] if damage == "cut" else sealed[:-100] + bytes(100))
    files = Disk(tmp_path / "files")
    with Partial(tmp_path, NAME, NAME, KEY) as file:
        assert file.offset == 2 * CHUNK
        file.write(DATA[file.offset :])
        file.finish(files)
    assert files.read(NAME, KEY) == DATA


def test_a_file_of_which_only_a_part_of_the_header_is_there_begins_anew(tmp_path: Path) -> None:
    send(tmp_path, DATA)
    arrived(tmp_path).write_bytes(b"TRN")
    with Partial(tmp_path, NAME, NAME, KEY) as file:
        assert file.offset == 0


def test_the_latest_connection_owns_the_file(tmp_path: Path) -> None:
    files = Disk(tmp_path / "files")
    with Partial(tmp_path, NAME, NAME, KEY) as old:
        old.write(DATA[:CHUNK])
        old.pause()
        with Partial(tmp_path, NAME, NAME, KEY) as new:
            assert new.offset == CHUNK
            with pytest.raises(TakenOver):
                old.write(b"late")
            new.write(DATA[CHUNK:])
            new.finish(files)
        with pytest.raises(TakenOver):
            old.finish(files)
    assert files.read(NAME, KEY) == DATA


def test_a_part_is_taken_back(tmp_path: Path) -> None:
    files = Disk(tmp_path / "files")
    with Partial(tmp_path, NAME, NAME, KEY) as file:
        file.write(DATA[:1000])
        before = file.state()
        file.write(DATA)
        file.go_back(*before)
        assert file.offset == 1000
        file.write(DATA[1000:])
        file.finish(files)
    assert files.read(NAME, KEY) == DATA


def test_what_is_under_way_is_deleted_on_request_and_when_forgotten(tmp_path: Path) -> None:
    send(tmp_path, DATA)
    partials.delete_forgotten(tmp_path)
    assert partials.exists(tmp_path, NAME)
    for path in tmp_path.glob("*/*"):
        os.utime(path, (0, 0))
    partials.delete_forgotten(tmp_path)
    assert list(tmp_path.glob("*")) == []
    send(tmp_path, DATA)
    partials.delete_all(tmp_path, NAME.split("/")[1])
    assert list(tmp_path.glob("*")) == []
    send(tmp_path, DATA)
    with Partial(tmp_path, NAME, NAME, KEY) as file:
        file.delete()
    assert not partials.exists(tmp_path, NAME)
