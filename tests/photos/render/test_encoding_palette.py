from PIL import Image, ImageChops, ImageStat

from intake.photos.render.encoding import indexed
from tests.photos import made


def test_few_colours_become_a_palette_of_just_these() -> None:
    frame = made.frames()[1]
    small = indexed(frame)
    assert small.mode == "P"
    assert max(ImageStat.Stat(ImageChops.difference(small.convert("RGB"), frame)).mean) < 0.5


def test_many_colours_are_left_to_the_encoder() -> None:
    picture = made.scene()
    assert indexed(picture) is picture


def test_transparency_is_left_to_the_encoder() -> None:
    clear = Image.new("RGBA", (4, 4))
    assert indexed(clear) is clear
