import struct
import zlib

import pytest

from intake.photos.verify.png import PixelStream

HEAD = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
ROWS = bytes(2 * (1 + 9))


def test_rows_and_nothing_else() -> None:
    pixels = PixelStream(HEAD, HEAD[:8])
    assert pixels.is_untouched
    packed = zlib.compress(ROWS)
    assert pixels.take(packed[:5])
    assert not pixels.is_complete
    assert pixels.take(packed[5:])
    assert pixels.is_complete


@pytest.mark.parametrize("packed", [zlib.compress(ROWS + b"x"), zlib.compress(ROWS) + b"x", b"junk"])
def test_more_is_too_much(packed: bytes) -> None:
    assert not PixelStream(HEAD, HEAD[:8]).take(packed)


def test_a_bomb_is_left_alone_after_its_first_megabyte() -> None:
    assert not PixelStream(HEAD, HEAD[:8]).take(zlib.compress(bytes(50_000_000)))
