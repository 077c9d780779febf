from intake.demo.pictures.canvas import HEIGHT, WIDTH
from tests.demo.pictures.layers import canvas


def test_a_shade_stays_a_colour() -> None:
    one = canvas()
    for _ in range(50):
        assert all(0 <= part <= 255 for part in one.shade((3, 128, 252), 40))


def test_a_fade_goes_from_one_colour_to_the_other() -> None:
    one = canvas()
    one.fade((0, 0, 0), (200, 100, 50), 500)
    assert one.image.getpixel((WIDTH // 2, 0)) == (0, 0, 0)
    red, green, blue = one.image.getpixel((WIDTH // 2, 499))  # type: ignore[misc]
    assert (red, green, blue) == (200, 100, 50)
    assert one.image.getpixel((WIDTH // 2, HEIGHT - 1)) == (0, 0, 0)


def test_the_same_dice_fall_the_same() -> None:
    assert canvas("a").shade((9, 9, 9)) == canvas("a").shade((9, 9, 9))
