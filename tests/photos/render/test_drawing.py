import pytest
from PIL import Image, ImageDraw

from intake.photos.render import drawing
from tests.photos import made


def grainy(width: int = 320, height: int = 240) -> Image.Image:
    """A scene with the noise of a camera."""
    noise = Image.effect_noise((width, height), 40)
    return Image.blend(made.scene(width, height), Image.merge("RGB", (noise, noise, noise)), 0.1)


def screenshot(width: int = 320, height: int = 240) -> Image.Image:
    """Red text on blue, with a gradient of many colours above."""
    picture = Image.new("RGB", (width, height), "#0030d0")
    picture.paste(Image.linear_gradient("L").resize((width, height // 8)).convert("RGB"), (0, 0))
    draw = ImageDraw.Draw(picture)
    for row in range(height // 6, height - 10, 14):
        draw.text((10, row), "All human beings are born free and equal", fill="#ff2020")
    return picture


def test_grain_is_not_drawn() -> None:
    assert not drawing.is_drawn(grainy())


def test_a_screenshot_is_drawn() -> None:
    assert drawing.is_drawn(screenshot())


@pytest.mark.parametrize("turned", [False, True], ids=["across", "down"])
def test_a_smooth_gradient_is_drawn(turned: bool) -> None:
    ramp = Image.linear_gradient("L").convert("RGB")
    assert drawing.is_drawn(ramp.transpose(Image.Transpose.ROTATE_90) if turned else ramp)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2)])
@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA"])
def test_every_size_and_mode_has_an_answer(size: tuple[int, int], mode: str) -> None:
    assert drawing.is_drawn(Image.new(mode, size)) == (max(size) > 1)


def test_only_exact_formats_are_lossless() -> None:
    picture = made.scene(32, 32)
    assert drawing.is_lossless(made.encoded(picture, "PNG"), "png")
    assert drawing.is_lossless(made.encoded(picture, "WEBP", lossless=True), "webp")
    assert drawing.is_lossless(
        made.encoded(picture, "WEBP", lossless=True, exif=made.exif_block("x")), "webp"
    )
    assert not drawing.is_lossless(made.encoded(picture, "WEBP"), "webp")
    assert not drawing.is_lossless(made.encoded(picture, "JPEG"), "jpeg")
    assert not drawing.is_lossless(b"RIFF", "webp")


def test_a_sample_has_the_top_and_the_bottom() -> None:
    picture = made.scene(40, 1000)
    sample = drawing.strips(picture)
    assert sample.size == (40, 128)
    assert sample.crop((0, 0, 40, 32)).tobytes() == picture.crop((0, 0, 40, 32)).tobytes()
    assert sample.crop((0, 96, 40, 128)).tobytes() == picture.crop((0, 968, 40, 1000)).tobytes()
    assert drawing.strips(sample) is sample
