import pytest

from intake.demo.pictures import land
from intake.demo.pictures.buildings import GROUND
from intake.demo.pictures.canvas import HEIGHT, WIDTH
from intake.demo.pictures.scenes import Layer
from tests.demo.pictures.layers import touched


@pytest.mark.parametrize("layer", [land.sky, land.dusk])
def test_the_sky_reaches_down_to_what_stands_on_the_ground(layer: Layer) -> None:
    left, top, right, bottom = touched(layer)
    assert (left, top, right) == (0, 0, WIDTH)
    assert bottom >= GROUND


def test_the_plain_begins_at_the_horizon() -> None:
    left, top, right, bottom = touched(land.plain)
    assert (left, right, bottom) == (0, WIDTH, HEIGHT)
    assert land.HORIZON - 70 < top <= land.HORIZON


@pytest.mark.parametrize("seed", "abcde")
def test_mountains_stay_below_the_clouds_and_above_the_horizon(seed: str) -> None:
    _, top, _, bottom = touched(land.ridges, seed)
    assert 220 <= top < land.HORIZON
    assert bottom == HEIGHT


@pytest.mark.parametrize("seed", "abcde")
def test_a_road_comes_from_the_horizon(seed: str) -> None:
    _, top, right, bottom = touched(land.road, seed)
    assert top < land.HORIZON
    assert (right > 1200, bottom) == (True, HEIGHT)
