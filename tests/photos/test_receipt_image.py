import struct

import pytest

from intake.photos import receipt_image
from tests.photos import made

LETTERS, DIGITS = "W3K2M-0Q8GH-8B6DP-ZZ51X", "123456-098765-111111-234567-888000"


def chunks(data: bytes) -> list[bytes]:
    """Return the names of a PNG's chunks (PNG, section 5.3)."""
    at, names = 8, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        names.append(data[at + 4 : at + 8])
        at += 12 + length
    return names


def test_it_is_a_picture_and_nothing_else() -> None:
    assert set(chunks(receipt_image.draw(LETTERS, DIGITS))) == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize("letters", [LETTERS, "-".join(["WWWWW"] * 4), "-".join(["11111"] * 4)])
def test_the_widest_code_fits(letters: str) -> None:
    picture = made.opened(receipt_image.draw(letters, DIGITS))
    left, top, right, bottom = picture.point(lambda light: 255 - light).getbbox() or (0, 0, 0, 0)
    assert (picture.width, left >= 80, right <= picture.width - 80) == (1200, True, True)
    assert top >= 80
    assert bottom <= picture.height - 80
    assert bottom - top > 500


def test_the_same_code_gives_the_same_bytes_and_another_code_others() -> None:
    assert receipt_image.draw(LETTERS, DIGITS) == receipt_image.draw(LETTERS, DIGITS)
    assert receipt_image.draw(LETTERS, DIGITS) != receipt_image.draw(LETTERS.replace("W", "X"), DIGITS)
