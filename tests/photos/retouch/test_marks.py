import pytest

from intake.photos.retouch import Area
from intake.photos.retouch.marks import ASPECTS, fitted

WHOLE = Area(0, 0, 1, 1)


@pytest.mark.parametrize(
    ("area", "pixels"),
    [
        (WHOLE, (0, 0, 100, 50)),
        (Area(0.2, 0.2, 0.1, 0.1), (20, 10, 30, 15)),
        (Area(0.205, 0.21, 0.1, 0.1), (20, 10, 31, 16)),
        (Area(0.999, 0.999, 0.001, 0.001), (99, 49, 100, 50)),
        (Area(0.9, 0.9, 0.5, 0.5), (90, 45, 100, 50)),
        (Area(1, 1, 0, 0), (99, 49, 100, 50)),
    ],
)
def test_an_area_in_pixels_reaches_outwards(area: Area, pixels: tuple[int, int, int, int]) -> None:
    assert area.pixels(100, 50) == pixels


def test_an_area_holds_its_points_and_edges() -> None:
    area = Area(0.2, 0.2, 0.5, 0.5)
    assert area.holds(0.2, 0.7)
    assert not area.holds(0.1, 0.5)
    assert not area.holds(0.5, 0.71)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_shape_is_fitted_into_the_middle(aspect: str) -> None:
    found = fitted(Area(0.1, 0, 0.8, 1), aspect, (3000, 2000))
    ratio = ASPECTS[aspect]
    if ratio is None:
        assert found == Area(0.1, 0, 0.8, 1)
        return
    assert found.width * 3000 / (found.height * 2000) == pytest.approx(ratio, rel=1e-4)
    assert found.x + found.width / 2 == pytest.approx(0.5, abs=1e-5)
    assert found.y + found.height / 2 == pytest.approx(0.5, abs=1e-5)
    assert found.width == pytest.approx(0.8) or found.height == pytest.approx(1)
