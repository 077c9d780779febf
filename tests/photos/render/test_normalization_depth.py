import pytest
from PIL import Image

from intake.photos.render.normalization import PLAIN, to_eight_bits
from tests.photos import made


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    seen = to_eight_bits(made.opened(made.grey16()))
    assert seen.mode == "L"
    assert all(abs(seen.getpixel((x, 9)) - x) <= 1 for x in range(256))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("mode", "white", "expected"),
    [("I", 255, 255), ("I", 65535, 255), ("I", 1_000_000, 255), ("F", 1.0, 255), ("F", 255.0, 255)],
)
def test_the_brightest_value_becomes_white(mode: str, white: float, expected: int) -> None:
    picture = Image.new(mode, (2, 1), 0)
    picture.putpixel((1, 0), white)
    seen = to_eight_bits(picture)
    assert (seen.getpixel((0, 0)), seen.getpixel((1, 0))) == (0, expected)


def test_a_flat_picture_does_not_divide_by_zero() -> None:
    assert to_eight_bits(Image.new("F", (2, 2), 0.0)).getextrema() == (0, 0)


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "PA"])
def test_every_mode_comes_out_plain(mode: str) -> None:
    source = made.scene(16, 16, "P").convert("PA") if mode == "PA" else made.scene(16, 16).convert(mode)
    assert to_eight_bits(source).mode in PLAIN


def test_a_palette_keeps_its_transparency() -> None:
    picture = made.opened(made.encoded(made.scene(16, 16, "P"), "PNG", transparency=0))
    assert to_eight_bits(picture).mode == "RGBA"
