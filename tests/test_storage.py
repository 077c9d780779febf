import errno
import os
import stat
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.storage import CHUNK, MAGIC, PREFIX_BYTES, TAG_BYTES, UNFINISHED, FileDamaged, Storage

KEY = bytes(range(32))
SUBMISSION, PHOTO, OTHER = (str(uuid.UUID(int=number)) for number in (1, 2, 3))
NAME = f"quarantine/{SUBMISSION}/{PHOTO}"
HEADER = len(MAGIC) + PREFIX_BYTES
SEALED_CHUNK = CHUNK + TAG_BYTES

# Nothing of an example outlives it but a file that the next one replaces.
examples = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "files")


def on_disk(storage: Storage, name: str = NAME) -> Path:
    return storage.root / name


@examples
@given(pieces=st.lists(st.binary(max_size=300)))
def test_any_bytes_come_back(storage: Storage, pieces: list[bytes]) -> None:
    sink = storage.sink(NAME, KEY)
    assert [sink.write(piece) for piece in pieces] == [len(piece) for piece in pieces]
    sink.finish()
    assert storage.read(NAME, KEY) == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
@pytest.mark.parametrize("piece", [7919, CHUNK, 3 * CHUNK])
def test_sizes_around_the_border_of_a_chunk(storage: Storage, size: int, piece: int) -> None:
    data = os.urandom(size)
    sink = storage.sink(NAME, KEY)
    for start in range(0, size, piece):
        sink.write(data[start : start + piece])
    sink.finish()
    chunks = list(storage.chunks(NAME, KEY))
    assert b"".join(chunks) == data
    assert [len(chunk) for chunk in chunks] == [CHUNK] * ((size - 1) // CHUNK) + [
        (size - 1) % CHUNK + 1 if size else 0
    ]
    assert on_disk(storage).stat().st_size == HEADER + size + TAG_BYTES * len(chunks)


@examples
@given(place=st.integers(0, HEADER + 300 + TAG_BYTES - 1), flip=st.integers(1, 255))
def test_a_flipped_bit_is_damage(storage: Storage, place: int, flip: int) -> None:
    storage.put(NAME, bytes(300), KEY)
    raw = bytearray(on_disk(storage).read_bytes())
    raw[place] ^= flip
    on_disk(storage).write_bytes(raw)
    with pytest.raises(FileDamaged):
        storage.read(NAME, KEY)


@examples
@given(length=st.integers(0, HEADER + 100 + TAG_BYTES - 1))
def test_a_file_that_was_cut_is_damage(storage: Storage, length: int) -> None:
    storage.put(NAME, bytes(100), KEY)
    on_disk(storage).write_bytes(on_disk(storage).read_bytes()[:length])
    with pytest.raises(FileDamaged):
        storage.read(NAME, KEY)


def without_the_last(raw: bytes) -> bytes:
    return raw[: HEADER + 2 * SEALED_CHUNK]


def without_the_middle(raw: bytes) -> bytes:
    return raw[: HEADER + SEALED_CHUNK] + raw[HEADER + 2 * SEALED_CHUNK :]


def with_two_swapped(raw: bytes) -> bytes:
    first, second = HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK
    return raw[:HEADER] + raw[first:second] + raw[HEADER:first] + raw[second:]


def with_one_twice(raw: bytes) -> bytes:
    return raw[: HEADER + SEALED_CHUNK] + raw[HEADER:]


def with_something_after(raw: bytes) -> bytes:
    return raw + b"\0"


def of_somebody_else(raw: bytes) -> bytes:
    return b"\xff\xd8\xff\xe0" + raw[4:]


@pytest.mark.parametrize(
    "damage",
    [
        without_the_last,
        without_the_middle,
        with_two_swapped,
        with_one_twice,
        with_something_after,
        of_somebody_else,
    ],
)
def test_chunks_cannot_be_left_out_swapped_or_repeated(
    storage: Storage, damage: Callable[[bytes], bytes]
) -> None:
    storage.put(NAME, bytes(2 * CHUNK + 50), KEY)
    on_disk(storage).write_bytes(damage(on_disk(storage).read_bytes()))
    with pytest.raises(FileDamaged):
        storage.read(NAME, KEY)


def test_chunks_of_two_files_cannot_be_mixed(storage: Storage) -> None:
    raws = []
    for _ in range(2):
        storage.put(NAME, bytes(2 * CHUNK), KEY)
        raws.append(on_disk(storage).read_bytes())
    border = HEADER + SEALED_CHUNK
    on_disk(storage).write_bytes(raws[0][:border] + raws[1][border:])
    with pytest.raises(FileDamaged):
        storage.read(NAME, KEY)


@pytest.mark.parametrize("other", [f"quarantine/{SUBMISSION}/{OTHER}", f"clean/{SUBMISSION}/{PHOTO}.full"])
def test_a_file_under_another_name_is_damage(storage: Storage, other: str) -> None:
    storage.put(NAME, b"picture", KEY)
    storage.put(other, b"another", KEY)
    on_disk(storage, other).write_bytes(on_disk(storage).read_bytes())
    with pytest.raises(FileDamaged):
        storage.read(other, KEY)


def test_another_key_opens_nothing(storage: Storage) -> None:
    storage.put(NAME, b"picture", KEY)
    with pytest.raises(FileDamaged):
        storage.read(NAME, bytes(32))


def test_nothing_plain_is_on_the_disk(storage: Storage) -> None:
    sink = storage.sink(NAME, KEY)
    sink.write(b"SECRET" * CHUNK)
    (part,) = storage.files("quarantine")
    assert b"SECRET" not in part.read_bytes()
    sink.finish()
    assert b"SECRET" not in on_disk(storage).read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "quarantine",
        f"quarantine/{SUBMISSION}",
        f"other/{SUBMISSION}/{PHOTO}",
        f"quarantine/{SUBMISSION}/../{PHOTO}",
        f"/quarantine/{SUBMISSION}/{PHOTO}",
        f"quarantine/{SUBMISSION}/IMG_2041.jpg",
        f"quarantine/{SUBMISSION}/{PHOTO}.exe",
        f"quarantine/{SUBMISSION}/{PHOTO}\n",
        f"quarantine/{SUBMISSION.upper().replace('0', 'A')}/{PHOTO}",
        f"quarantine/{SUBMISSION}/{PHOTO}/full",
    ],
)
def test_other_names_are_refused(storage: Storage, name: str) -> None:
    for use in (
        storage.delete,
        lambda name: storage.read(name, KEY),
        lambda name: storage.put(name, b"", KEY),
    ):
        with pytest.raises(ValueError, match="not a name that storage gives out"):
            use(name)
    assert not storage.root.exists()


def test_a_missing_file_is_said_to_be_missing(storage: Storage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.read(NAME, KEY)


def test_a_crash_leaves_only_what_is_marked_unfinished(storage: Storage) -> None:
    sink = storage.sink(NAME, KEY)
    sink.write(bytes(3 * CHUNK))
    (left,) = storage.files("quarantine")
    assert left.name.endswith(UNFINISHED)
    with pytest.raises(FileNotFoundError):
        storage.read(NAME, KEY)
    sink.abort()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_the_disk_refuses_leaves_nothing(
    storage: Storage, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*{"fsync": (os, "fsync", full), "replace": (Path, "replace", full)}[call])
    with pytest.raises(OSError, match="No space"):
        storage.put(NAME, b"picture", KEY)
    assert list(storage.files("quarantine")) == []


def test_an_abort_on_a_full_disk_is_no_second_failure(storage: Storage) -> None:
    """What waits in Python's own buffer fails to be written when the file is closed."""
    sink = storage.sink(NAME, KEY)
    with open("/dev/full", "wb") as device:
        os.dup2(device.fileno(), sink._file.fileno())
    sink.abort()
    assert list(storage.files("quarantine")) == []


def test_a_finished_file_is_forced_to_the_disk_with_its_names(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        forced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    storage.put(NAME, b"picture", KEY)
    part, *folders = forced
    assert part.endswith(UNFINISHED)
    assert folders == [str(on_disk(storage).parent), str(storage.root / "quarantine")]


def test_two_that_write_one_name_do_not_mix(storage: Storage) -> None:
    first, second = storage.sink(NAME, KEY), storage.sink(NAME, KEY)
    first.write(b"1" * 3 * CHUNK)
    second.write(b"2" * 3 * CHUNK)
    first.finish()
    assert storage.read(NAME, KEY) == b"1" * 3 * CHUNK
    second.write(b"2")
    second.finish()
    assert storage.read(NAME, KEY) == b"2" * (3 * CHUNK + 1)
    assert list(storage.files("quarantine")) == [on_disk(storage)]


def test_only_we_may_look(storage: Storage) -> None:
    storage.put(NAME, b"picture", KEY)
    path = on_disk(storage)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:3]} == {0o700}


def test_a_deleted_file_is_gone_and_its_empty_folder_with_it(storage: Storage) -> None:
    names = [NAME, f"quarantine/{SUBMISSION}/{OTHER}"]
    for name in names:
        storage.put(name, b"picture", KEY)
    storage.delete(names[0])
    assert storage.read(names[1], KEY) == b"picture"
    for _ in range(2):
        storage.delete(names[1])
    assert not on_disk(storage).parent.exists()


def test_everything_of_a_submission_goes_and_nothing_of_another(storage: Storage) -> None:
    storage.put(NAME, b"picture", KEY)
    storage.put(f"quarantine/{OTHER}/{PHOTO}", b"picture", KEY)
    sink = storage.sink(f"quarantine/{SUBMISSION}/{OTHER}", KEY)
    for _ in range(2):
        storage.delete_all("quarantine", SUBMISSION)
    sink.abort()
    assert list(storage.files("quarantine")) == [on_disk(storage, f"quarantine/{OTHER}/{PHOTO}")]


def test_what_cannot_be_deleted_is_said(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A purge that passes over a file in silence would be a lie to the contributor."""
    storage.put(NAME, b"picture", KEY)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(OSError, match="not empty"):
        storage.delete_all("quarantine", SUBMISSION)


def test_encrypted_bytes_go_from_one_storage_to_another_as_they_are(storage: Storage, tmp_path: Path) -> None:
    data = os.urandom(20 * CHUNK)
    storage.put(NAME, data, KEY)
    other = Storage(tmp_path / "other")
    other.put_raw(NAME, storage.raw(NAME))
    assert on_disk(other).read_bytes() == on_disk(storage).read_bytes()
    assert other.read(NAME, KEY) == data
    assert stat.S_IMODE(on_disk(other).stat().st_mode) == 0o600


def test_a_copy_that_breaks_off_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.put_raw(NAME, storage.raw(f"quarantine/{SUBMISSION}/{OTHER}"))
    assert list(storage.files("quarantine")) == []


def test_no_other_name_is_copied(storage: Storage) -> None:
    with pytest.raises(ValueError, match="not a name"):
        next(storage.raw("../keys/master.key"))
    with pytest.raises(ValueError, match="not a name"):
        storage.put_raw("../keys/master.key", [b""])
