import pytest

from intake.demo.pictures import buildings
from intake.demo.pictures.canvas import HEIGHT, WIDTH
from intake.demo.pictures.scenes import Layer
from tests.demo.pictures.layers import touched


@pytest.mark.parametrize("seed", "abc")
def test_a_row_of_houses_leaves_no_end_of_the_street_open(seed: str) -> None:
    left, top, right, bottom = touched(buildings.row, seed)
    assert (left, right) == (0, WIDTH)
    assert top >= 260
    assert bottom == buildings.GROUND + 1


def test_the_pavement_covers_the_ground() -> None:
    left, top, right, bottom = touched(buildings.pavement)
    assert (left, right, bottom) == (0, WIDTH, HEIGHT)
    assert top == pytest.approx(buildings.GROUND, abs=3)


@pytest.mark.parametrize("seed", "abc")
@pytest.mark.parametrize("house", [buildings.court, buildings.chapel, buildings.dome])
def test_a_house_stands_whole_in_the_picture(house: Layer, seed: str) -> None:
    left, top, right, bottom = touched(house, seed)
    assert left > 0
    assert top > 0
    assert right < WIDTH
    assert bottom <= buildings.GROUND + 1
