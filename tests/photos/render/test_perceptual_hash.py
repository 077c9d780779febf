from PIL import Image

from intake.photos.render.perceptual_hash import dhash, on_white
from tests.photos import made


def distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_is_sixteen_hex_digits_and_repeatable() -> None:
    assert dhash(made.scene()) == dhash(made.scene())
    assert len(dhash(made.scene())) == 16


def test_survives_shrinking_and_compressing() -> None:
    small = made.opened(made.encoded(made.scene(100, 75), "JPEG", quality=40))
    assert distance(dhash(small), dhash(made.scene(640, 480))) <= 6


def test_differs_for_another_picture() -> None:
    assert distance(dhash(made.scene()), dhash(made.scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT))) > 10


def test_climbing_brightness_sets_every_bit() -> None:
    climb = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90)
    assert dhash(climb) == "f" * 16


def test_what_is_clear_counts_as_paper() -> None:
    clear = Image.new("RGBA", (9, 8), (0, 0, 0, 0))
    assert on_white(clear).getpixel((0, 0)) == (255, 255, 255)
    assert dhash(clear) == "0" * 16
