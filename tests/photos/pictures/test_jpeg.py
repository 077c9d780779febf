import struct

import pytest

from intake.photos.pictures.jpeg import Search, read
from tests.photos import made, several

PLAIN = several.jpeg((64, 48))


def known(data: bytes, start: int = 0) -> tuple[int, int, int, bool]:
    stream = read(data, start)
    assert stream is not None
    return stream.width, stream.height, stream.end, stream.complete


def test_reads_size_and_end() -> None:
    assert known(PLAIN + b"more") == (64, 48, len(PLAIN), True)
    assert known(b"before" + PLAIN, 6) == (64, 48, len(PLAIN) + 6, True)


def test_a_thumbnail_in_a_segment_does_not_end_the_picture() -> None:
    inside = several.jpeg((16, 12))
    whole = PLAIN[:2] + b"\xff\xe1" + struct.pack(">H", len(inside) + 2) + inside + PLAIN[2:]
    assert known(whole) == (64, 48, len(whole), True)


def test_garbage_between_segments_is_skipped() -> None:
    at = PLAIN.index(b"\xff\xc4")
    whole = PLAIN[:at] + b"\0garbage\xff\xff" + PLAIN[at:]
    assert known(whole) == (64, 48, len(whole), True)


def test_a_missing_end_is_noticed() -> None:
    assert known(PLAIN[:-2]) == (64, 48, len(PLAIN) - 2, False)
    assert known(PLAIN[:-2] + PLAIN) == (64, 48, len(PLAIN) - 2, False)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"GIF89a", b"\x89PNG"])
def test_other_bytes_are_no_jpeg(data: bytes) -> None:
    assert read(data) is None


def test_counts_scans_up_to_the_first_end_only() -> None:
    stream = read(PLAIN + b"\xff\xda" * 1000)
    assert stream is not None
    assert (stream.scans, stream.progressive, stream.samples) == (1, False, [4, 1, 1])


def test_knows_the_last_scan_of_a_progressive_picture() -> None:
    whole = several.jpeg((64, 48), progressive=True)
    stream = read(whole)
    assert stream is not None
    assert stream.progressive
    assert stream.scans == 10
    assert not stream.last_scan_is_first_detail
    second = whole.index(b"\xff\xda", whole.index(b"\xff\xda") + 2)
    early = read(whole[: second + 20])
    assert early is not None
    assert early.last_scan_is_first_detail


def test_finds_streams_one_after_the_other() -> None:
    data = b"start" + PLAIN + b"between" + several.jpeg((32, 24)) + b"\xff\xd8\xff\xe0broken"
    assert [(each.width, each.height) for each in Search(data, 0)] == [(64, 48), (32, 24)]
    assert [(each.width, each.height) for each in Search(data, 10)] == [(32, 24)]


def test_a_search_ends_on_starts_without_a_picture() -> None:
    search = Search(b"\xff\xd8\xff\xe1" * 50_000, 0)
    assert list(search) == []
    assert search.left > -200_000


def test_pictures_of_twelve_bits_are_not_for_people() -> None:
    at = PLAIN.index(b"\xff\xc0") + 4
    stream = read(PLAIN[:at] + b"\x0c" + PLAIN[at + 1 :])
    assert stream is not None
    assert not stream.decodable
    assert made.opened(PLAIN).size == (64, 48)
