import pytest
from PIL import Image

from intake.photos import clean_photo
from intake.photos.render import capped, shrink
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


@pytest.mark.parametrize("side", [None, 320, 1000])
def test_no_limit_and_a_limit_that_is_not_reached_change_nothing(side: int | None) -> None:
    picture = made.scene(320, 240)
    assert capped(picture, side) is picture


@pytest.mark.parametrize(
    ("side", "full", "web"),
    [
        (None, (2400, 3200), (1200, 1600)),
        (5000, (2400, 3200), (1200, 1600)),
        (2000, (1500, 2000), (1200, 1600)),
        (400, (300, 400), (300, 400)),
        (100, (75, 100), (75, 100)),
    ],
)
def test_the_full_copy_has_at_most_this_side(
    side: int | None, full: tuple[int, int], web: tuple[int, int]
) -> None:
    photo = made.jpeg_with_gps(3200, 2400, "SECRET", orientation=6)
    clean = clean_photo(photo, max_side=side)
    assert (clean.width, clean.height) == made.opened(clean.full).size == full
    assert made.opened(clean.web).size == web
    assert max(made.opened(clean.thumb).size) == min(320, side or 320)


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_animations_have_a_limit_too(name: str) -> None:
    frames = [made.scene(300, 200), made.scene(300, 200).rotate(180)]
    moving = made.encoded(frames[0], name, save_all=True, append_images=frames[1:], duration=100)
    clean = clean_photo(moving, max_side=150)
    assert (clean.width, clean.height, clean.frames) == (150, 100, 2)
    assert made.opened(clean.full).size == (150, 100)


def test_a_drawing_that_is_made_smaller_stays_png() -> None:
    drawing = Image.new("RGB", (900, 600), "white")
    drawing.paste("red", (100, 100, 457, 333))
    clean = clean_photo(made.encoded(drawing, "PNG"), max_side=500)
    assert (clean.format, clean.width, clean.height) == ("png", 500, 333)
