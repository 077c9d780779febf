from PIL import Image

from intake.photos.render.backdrop import on_white
from tests.photos import made


def test_transparent_parts_become_white() -> None:
    clear = Image.new("RGBA", (9, 8), (0, 0, 0, 0))
    assert on_white(clear).getpixel((0, 0)) == (255, 255, 255)


def test_an_opaque_picture_is_not_changed() -> None:
    scene = made.scene()
    assert on_white(scene) is scene
