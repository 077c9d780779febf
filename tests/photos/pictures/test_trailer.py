from typing import Literal

import pytest

from intake.photos.pictures import jpeg, trailer
from tests.photos import several

FILM = b"x" * 500


def found(data: bytes) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    first = jpeg.read(data)
    assert first is not None
    behind = trailer.read(data, first)
    return [(each.width, each.height) for each in behind.others], [
        (each.width, each.height) for each in behind.companions
    ]


def test_pictures_of_a_burst_are_ordinary() -> None:
    assert found(several.multi_picture((64, 48), (40, 30), (32, 24))) == ([(40, 30), (32, 24)], [])
    assert found(several.motion_photo((64, 48), [(40, 30)])) == ([(40, 30)], [])


def test_a_gain_map_is_a_companion() -> None:
    assert found(several.with_gain_map((64, 48), (32, 24))) == ([], [(32, 24)])


@pytest.mark.parametrize(
    ("code", "belongs"), [(0x020002, True), (0x010002, True), (0x020003, False), (0, False)]
)
def test_the_index_tells_eyes_and_small_copies_from_a_burst(code: int, belongs: bool) -> None:
    data = several.multi_picture((64, 48), (40, 30))
    index = data.index(b"MPF\0")
    order: Literal["little", "big"] = "little" if data[index + 4 : index + 6] == b"II" else "big"
    entries = data.index((0xB002).to_bytes(2, order), index)
    at = index + 4 + int.from_bytes(data[entries + 8 : entries + 12], order) + 16
    typed = data[:at] + code.to_bytes(4, order) + data[at + 4 :]
    assert found(typed) == (([], [(40, 30)]) if belongs else ([(40, 30)], []))


def test_a_small_picture_in_a_film_belongs_to_the_film() -> None:
    film = FILM + several.jpeg((32, 24))
    assert found(several.motion_photo((64, 48), film=film)) == ([], [])


def test_a_larger_picture_in_a_film_is_a_picture() -> None:
    film = FILM + several.jpeg((80, 60))
    assert found(several.motion_photo((64, 48), film=film)) == ([(80, 60)], [])


def test_the_rest_is_what_belongs_to_no_picture() -> None:
    data = several.motion_photo((64, 48), [(40, 30)]) + b"words"
    first = jpeg.read(data)
    assert first is not None
    assert trailer.read(data, first).rest(data, first.end) == b"words"
