import struct

import pytest

from intake.photos.verify import verify
from tests.photos import made

PLAIN = made.encoded(made.scene(), "JPEG")


def with_segment(marker: int, body: bytes, at: int = 2) -> bytes:
    return PLAIN[:at] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + PLAIN[at:]


@pytest.mark.parametrize("marker", [*range(0xE1, 0xF0), 0xFE, 0xC8, 0xDC, 0xDE, 0xF0])
def test_no_other_segment_is_let_through(marker: int) -> None:
    assert any(
        f"{marker:#04x}" in violation.what for violation in verify(with_segment(marker, b"Exif\0\0secret"))
    )


@pytest.mark.parametrize(
    "body",
    [
        b"JFIF\0\1\1\0\0\1\0\1\1\1abc",
        b"JFIF\0\1\1\1\0\x48\0\x48\0\0",
        b"JFXX\0\x10",
        b"JFIF\0\1\1\0\0\1\0\1\0\0more",
    ],
)
def test_app0_says_one_thing_only(body: bytes) -> None:
    assert verify(with_segment(0xE0, body))


@pytest.mark.parametrize("marker", [0xDB, 0xC4, 0xC0, 0xDD])
def test_no_table_has_room_to_spare(marker: int) -> None:
    at = PLAIN.index(bytes([0xFF, marker])) if marker != 0xDD else None
    if at is None:
        assert verify(with_segment(marker, b"\0\1secret"))
        return
    length = struct.unpack_from(">H", PLAIN, at + 2)[0]
    longer = (
        PLAIN[: at + 2]
        + struct.pack(">H", length + 6)
        + PLAIN[at + 4 : at + 2 + length]
        + b"secret"
        + PLAIN[at + 2 + length :]
    )
    assert verify(longer)


def test_a_comment_between_scans_is_seen() -> None:
    plain = made.encoded(made.scene(), "JPEG", progressive=True)
    assert verify(plain) == []
    second = plain.index(b"\xff\xda", plain.index(b"\xff\xda") + 2)
    assert verify(plain[:second] + b"\xff\xfe\0\x08secret" + plain[second:])


def test_a_second_picture_inside_is_seen() -> None:
    assert verify(PLAIN[:-2] + PLAIN + PLAIN[-2:])


def test_four_channels_are_not_for_the_web() -> None:
    assert verify(made.encoded(made.scene(mode="CMYK"), "JPEG"))
