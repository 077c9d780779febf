from intake.demo.pictures import notice
from intake.demo.pictures.canvas import HEIGHT, WIDTH
from tests.demo.pictures.layers import touched


def test_the_wall_is_everywhere() -> None:
    assert touched(notice.wall) == (0, 0, WIDTH, HEIGHT)


def test_the_sheet_hangs_whole_on_it() -> None:
    left, top, right, bottom = touched(notice.sheet)
    assert 400 < left < right < WIDTH
    assert 0 < top < bottom < HEIGHT
    assert bottom - top > right - left
