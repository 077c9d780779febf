import struct
import zlib

import pytest

from intake.photos.verify import verify
from tests.photos import made

PLAIN = made.encoded(made.scene(), "PNG")
END = made.chunk(b"IEND", b"")


def before_end(more: bytes) -> bytes:
    return PLAIN.removesuffix(END) + more + END


@pytest.mark.parametrize(
    "name",
    [
        b"tEXt",
        b"zTXt",
        b"iTXt",
        b"eXIf",
        b"iCCP",
        b"tIME",
        b"pHYs",
        b"gAMA",
        b"zzZz",
        b"caBX",
        b"bKGD",
        b"sPLT",
    ],
)
def test_no_other_chunk_is_let_through(name: bytes) -> None:
    assert [violation.what for violation in verify(before_end(made.chunk(name, b"secret")))] == [
        f"chunk {name.decode()} is not on the list"
    ]


@pytest.mark.parametrize("name", [b"PLTE", b"IHDR", b"acTL"])
def test_no_chunk_may_come_twice(name: bytes) -> None:
    body = bytes({b"PLTE": 6, b"IHDR": 13, b"acTL": 8}[name])
    twice = made.chunk(name, body) * 2
    assert any("twice" in violation.what for violation in verify(before_end(twice)))


def test_pixels_beyond_the_last_row_are_seen() -> None:
    """Programs that shorten a picture in place leave such a remainder (CVE-2023-21036)."""
    assert any(
        "more than its pixels" in one.what for one in verify(before_end(made.chunk(b"IDAT", b"secret")))
    )


def test_fewer_pixels_than_announced_are_seen() -> None:
    assert any("before all pixels" in one.what for one in verify(made.png_header_only(9, 9)))


def test_a_wrong_checksum_is_seen() -> None:
    at = PLAIN.index(b"IDAT") + 40
    assert verify(PLAIN[:at] + bytes([PLAIN[at] ^ 1]) + PLAIN[at + 1 :])


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_every_kind_of_pixel_is_counted(mode: str) -> None:
    assert verify(made.encoded(made.scene(mode=mode), "PNG")) == []


def test_every_frame_of_an_animation_is_counted() -> None:
    plain = made.animated("PNG")
    assert verify(plain) == []
    lone = made.chunk(b"fcTL", bytes(26))
    assert verify(plain.removesuffix(END) + lone + END)


def test_more_rows_than_any_photo_has_are_not_unpacked() -> None:
    huge = made.png_header_only(50_000, 50_000)
    assert verify(huge)[0].what == "chunk IDAT announces more pixels than a photo has"


def test_frames_count_together() -> None:
    rows, size = zlib.compress(bytes(8_000 * 24_001)), struct.pack(">II", 8_000, 8_000)
    head = made.chunk(b"IHDR", size + bytes([8, 2, 0, 0, 0]))
    frame = made.chunk(b"fcTL", bytes(4) + size + bytes(14))
    moving = b"\x89PNG\r\n\x1a\n" + head + made.chunk(b"IDAT", rows)
    moving += (frame + made.chunk(b"fdAT", bytes(4) + rows)) * 2 + END
    assert [violation.what for violation in verify(moving)] == [
        "chunk fdAT announces more pixels than a photo has",
        "chunk IEND announces more pixels than a photo has",
    ]
