import struct

import pytest

from intake.photos.inspect import count
from intake.photos.inspect.tiff import MAX_ENTRIES, exif, tiff
from tests.photos import made


def directory(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)


def test_reads_an_exif_block() -> None:
    found = {trace.name: trace.value for trace in exif(made.exif_block("SECRET"))}
    assert found["Make"] == b"Fabrika\0"
    assert found["Artist"] == b"SECRET\0"
    assert found["GPS 0x001b"] == b"ASCII\0\0\0SECRET"


def test_a_second_directory_is_a_thumbnail_in_exif_and_a_page_in_tiff() -> None:
    block = b"II*\0\x08\0\0\0" + directory([], 14) + directory([])
    assert [trace.kind for trace in exif(b"Exif\0\0" + block)] == ["thumbnail"]
    assert [trace.kind for trace in tiff(block)] == []


def test_small_copies_and_masks_in_tiff_are_told_of() -> None:
    reduced, mask = [(0x00FE, 4, 1, 1)], [(0x00FE, 4, 1, 4)]
    block = b"II*\0\x08\0\0\0" + directory([], 14) + directory(reduced, 32) + directory(mask)
    assert count(block, "tiff") == {"thumbnail": 1, "second_picture": 1}


@pytest.mark.parametrize("pointer", [0x8769, 0x8825, 0x014A])
def test_a_directory_that_points_to_itself_is_read_once(pointer: int) -> None:
    block = b"II*\0\x08\0\0\0" + directory([(pointer, 4, 1, 8), (0x010F, 2, 4, 0)], 8)
    assert [trace.name for trace in exif(block)].count("Make") == 1


def test_no_more_fields_are_read_than_any_camera_writes() -> None:
    block = b"II*\0\x08\0\0\0" + directory([(0x010F, 2, 4, 0)] * (MAX_ENTRIES + 500))
    assert count(block, "tiff")["camera"] == MAX_ENTRIES


def test_a_value_out_of_the_file_is_empty() -> None:
    block = b"II*\0\x08\0\0\0" + directory([(0x010F, 2, 0xFFFFFFFF, 0xFFFFFFF0)])
    assert [trace.value for trace in exif(block)] == [b""]


def test_reads_both_byte_orders() -> None:
    block = b"MM\0*\0\0\0\x08" + struct.pack(">HHHII", 1, 0x0110, 2, 4, 0x41424300) + bytes(4)
    assert [(trace.name, trace.value) for trace in exif(block)] == [("Model", b"ABC\0")]


def test_values_that_overlap_give_no_more_than_the_file() -> None:
    block = b"II*\0\x08\0\0\0" + directory([(0x9999, 7, 5000, 0)] * 500)
    assert sum(len(trace.value) for trace in tiff(block)) == len(block)
