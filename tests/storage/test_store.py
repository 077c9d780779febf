"""Behaviour that every storage shares, tested on a disk and on S3."""

import os
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.storage import CHUNK, MAGIC, PREFIX_BYTES, TAG_BYTES, Disk, FileDamaged
from intake.storage.s3 import PART
from tests.storage.conftest import Place

KEY = bytes(range(32))
SUBMISSION, PHOTO, OTHER = (str(uuid.UUID(int=number)) for number in (1, 2, 3))
NAME = f"quarantine/{SUBMISSION}/{PHOTO}"
HEADER = len(MAGIC) + PREFIX_BYTES
SEALED_CHUNK = CHUNK + TAG_BYTES

# The fixture may be shared by all examples, because each one only replaces the file of the one before.
examples = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@examples
@given(chunks=st.lists(st.binary(max_size=300)))
def test_any_bytes_come_back(place: Place, chunks: list[bytes]) -> None:
    sink = place.store.sink(NAME, KEY)
    assert [sink.write(chunk) for chunk in chunks] == [len(chunk) for chunk in chunks]
    sink.finish()
    assert place.store.read(NAME, KEY) == b"".join(chunks)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
@pytest.mark.parametrize("chunk", [7919, CHUNK, 3 * CHUNK])
def test_sizes_around_the_border_of_a_chunk(place: Place, size: int, chunk: int) -> None:
    data = os.urandom(size)
    sink = place.store.sink(NAME, KEY)
    for start in range(0, size, chunk):
        sink.write(data[start : start + chunk])
    sink.finish()
    chunks = list(place.store.chunks(NAME, KEY))
    assert b"".join(chunks) == data
    assert [len(chunk) for chunk in chunks] == [CHUNK] * ((size - 1) // CHUNK) + [
        (size - 1) % CHUNK + 1 if size else 0
    ]
    assert len(place.raw(NAME)) == HEADER + size + TAG_BYTES * len(chunks)


@examples
@given(at=st.integers(0, HEADER + 300 + TAG_BYTES - 1), flip=st.integers(1, 255))
def test_a_flipped_bit_is_damage(place: Place, at: int, flip: int) -> None:
    place.store.put(NAME, bytes(300), KEY)
    raw = bytearray(place.raw(NAME))
    raw[at] ^= flip
    place.tamper(NAME, bytes(raw))
    with pytest.raises(FileDamaged):
        place.store.read(NAME, KEY)


@examples
@given(length=st.integers(0, HEADER + 100 + TAG_BYTES - 1))
def test_a_file_that_was_cut_is_damage(place: Place, length: int) -> None:
    place.store.put(NAME, bytes(100), KEY)
    place.tamper(NAME, place.raw(NAME)[:length])
    with pytest.raises(FileDamaged):
        place.store.read(NAME, KEY)


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
    place: Place, damage: Callable[[bytes], bytes]
) -> None:
    place.store.put(NAME, bytes(2 * CHUNK + 50), KEY)
    place.tamper(NAME, damage(place.raw(NAME)))
    with pytest.raises(FileDamaged):
        place.store.read(NAME, KEY)


def test_chunks_of_two_files_cannot_be_mixed(place: Place) -> None:
    raws = []
    for _ in range(2):
        place.store.put(NAME, bytes(2 * CHUNK), KEY)
        raws.append(place.raw(NAME))
    border = HEADER + SEALED_CHUNK
    place.tamper(NAME, raws[0][:border] + raws[1][border:])
    with pytest.raises(FileDamaged):
        place.store.read(NAME, KEY)


@pytest.mark.parametrize("other", [f"quarantine/{SUBMISSION}/{OTHER}", f"clean/{SUBMISSION}/{PHOTO}.full"])
def test_a_file_under_another_name_is_damage(place: Place, other: str) -> None:
    place.store.put(NAME, b"picture", KEY)
    place.store.put(other, b"another", KEY)
    place.tamper(other, place.raw(NAME))
    with pytest.raises(FileDamaged):
        place.store.read(other, KEY)


def test_another_key_opens_nothing(place: Place) -> None:
    place.store.put(NAME, b"picture", KEY)
    with pytest.raises(FileDamaged):
        place.store.read(NAME, bytes(32))


def test_nothing_plain_is_stored(place: Place) -> None:
    place.store.put(NAME, b"SECRET" * CHUNK, KEY)
    assert b"SECRET" not in place.raw(NAME)


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
def test_other_names_are_refused(place: Place, name: str) -> None:
    for use in (
        place.store.delete,
        lambda name: place.store.read(name, KEY),
        lambda name: place.store.put(name, b"", KEY),
    ):
        with pytest.raises(ValueError, match="not a name that storage gives out"):
            use(name)
    assert place.names() == []


def test_a_missing_file_is_said_to_be_missing(place: Place) -> None:
    with pytest.raises(FileNotFoundError):
        place.store.read(NAME, KEY)


def test_two_that_write_one_name_do_not_mix(place: Place) -> None:
    first, second = place.store.sink(NAME, KEY), place.store.sink(NAME, KEY)
    first.write(b"1" * 3 * CHUNK)
    second.write(b"2" * 3 * CHUNK)
    first.finish()
    assert place.store.read(NAME, KEY) == b"1" * 3 * CHUNK
    second.write(b"2")
    second.finish()
    assert place.store.read(NAME, KEY) == b"2" * (3 * CHUNK + 1)
    assert place.names() == [NAME]


def test_everything_of_a_submission_goes_and_nothing_of_another(place: Place) -> None:
    place.store.put(NAME, b"picture", KEY)
    place.store.put(f"quarantine/{OTHER}/{PHOTO}", b"picture", KEY)
    sink = place.store.sink(f"quarantine/{SUBMISSION}/{OTHER}", KEY)
    for _ in range(2):
        place.store.delete_all("quarantine", SUBMISSION)
    sink.abort()
    assert place.names() == [f"quarantine/{OTHER}/{PHOTO}"]


def test_what_was_aborted_leaves_nothing(place: Place) -> None:
    place.store.put(NAME, b"before", KEY)
    for size in (10, 2 * PART):
        sink = place.store.sink(NAME, KEY)
        sink.write(bytes(size))
        for _ in range(2):
            sink.abort()
        assert place.store.read(NAME, KEY) == b"before"
        assert place.names() == [NAME]


def test_until_it_is_finished_nothing_stands_under_the_name(place: Place) -> None:
    sink = place.store.sink(NAME, KEY)
    sink.write(bytes(PART + CHUNK))
    (left,) = place.store.listing("quarantine")
    assert left.unfinished
    with pytest.raises(FileNotFoundError):
        place.store.read(NAME, KEY)
    sink.finish()
    assert place.names() == [NAME]


@pytest.mark.parametrize("size", [2 * PART + PART // 2, 3 * PART])
def test_a_large_file(place: Place, size: int) -> None:
    data = os.urandom(size)
    place.store.put(NAME, data, KEY)
    assert place.store.read(NAME, KEY) == data
    place.tamper(NAME, place.raw(NAME)[:-1])
    with pytest.raises(FileDamaged):
        place.store.read(NAME, KEY)


def test_an_unfinished_file_is_found_and_discarded(place: Place) -> None:
    place.store.put(NAME, b"picture", KEY)
    sink = place.store.sink(f"quarantine/{SUBMISSION}/{OTHER}", KEY)
    sink.write(bytes(PART + CHUNK))
    (left,) = (one for one in place.store.listing("quarantine") if one.unfinished)
    for _ in range(2):
        place.store.discard(left)
    assert place.names() == [NAME]
    sink.abort()


def test_a_listing_tells_size_and_age(place: Place) -> None:
    place.store.put(NAME, bytes(300), KEY)
    (found,) = place.store.listing("quarantine")
    assert (found.name, found.size, found.unfinished) == (NAME, HEADER + 300 + TAG_BYTES, False)
    # On disk, modification times are rounded up to the end of the day, so the age may be negative.
    assert -24 * 3600 < found.age < 600
    assert list(place.store.listing("clean")) == []


def test_a_stranger_s_file_is_listed_and_can_be_discarded(place: Place) -> None:
    stranger = f"quarantine/{SUBMISSION}/.nfs000000001"
    place.tamper(stranger, b"theirs")
    (found,) = place.store.listing("quarantine")
    assert (found.name, found.unfinished) == (stranger, False)
    place.store.discard(found)
    assert place.names() == []


def test_every_copy_of_a_photo_goes_and_nothing_of_another(place: Place) -> None:
    begin = f"clean/{SUBMISSION}/{PHOTO}"
    for name in (f"{begin}.full", f"{begin}.7.web", f"clean/{SUBMISSION}/{OTHER}.full"):
        place.store.put(name, b"picture", KEY)
    for _ in range(2):
        place.store.delete_photo("clean", SUBMISSION, PHOTO)
    assert place.names("clean") == [f"clean/{SUBMISSION}/{OTHER}.full"]


def test_a_deleted_file_is_gone(place: Place) -> None:
    place.store.put(NAME, b"picture", KEY)
    for _ in range(2):
        place.store.delete(NAME)
    with pytest.raises(FileNotFoundError):
        place.store.read(NAME, KEY)


def test_sealed_bytes_go_from_one_place_to_another_as_they_are(place: Place, tmp_path: Path) -> None:
    data = os.urandom(20 * CHUNK)
    place.store.put(NAME, data, KEY)
    other = Disk(tmp_path / "other")
    other.put_raw(NAME, place.store.raw(NAME))
    assert b"".join(other.raw(NAME)) == place.raw(NAME)
    assert other.read(NAME, KEY) == data
    place.store.put_raw(NAME, other.raw(NAME))
    assert place.store.read(NAME, KEY) == data


def test_a_copy_that_breaks_off_leaves_nothing(place: Place) -> None:
    with pytest.raises(FileNotFoundError):
        place.store.put_raw(NAME, place.store.raw(f"quarantine/{SUBMISSION}/{OTHER}"))
    assert list(place.store.listing("quarantine")) == []


def test_no_other_name_is_copied(place: Place) -> None:
    with pytest.raises(ValueError, match="not a name"):
        next(place.store.raw("../keys/master.key"))
    with pytest.raises(ValueError, match="not a name"):
        place.store.put_raw("../keys/master.key", [b""])
