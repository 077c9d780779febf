import pytest

from intake.photos.render import shrink
from tests.photos import made


@pytest.mark.parametrize(
    ("size", "side", "expected"),
    [
        ((4000, 3000), 1600, (1600, 1200)),
        ((3000, 4000), 320, (240, 320)),
        ((1601, 10), 1600, (1600, 10)),
        ((1, 65_500), 1600, (1, 1600)),
        ((65_500, 1), 320, (320, 1)),
    ],
)
def test_the_longer_side_decides(size: tuple[int, int], side: int, expected: tuple[int, int]) -> None:
    assert shrink(made.scene(*size), side).size == expected


def test_what_is_small_enough_is_not_touched() -> None:
    picture = made.scene(320, 240)
    assert shrink(picture, 320) is picture


def test_colours_stay_where_they_are() -> None:
    small = shrink(made.scene(1000, 800), 100)
    red, blue = small.getpixel((10, 10)), small.getpixel((90, 10))
    assert red[0] > red[2]  # type: ignore[index]
    assert blue[2] > blue[0]  # type: ignore[index]
