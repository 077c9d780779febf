import pytest

pytest.importorskip("cv2", reason="the extra transom[faces] is not installed")

from intake.photos.faces import WHOLE
from intake.photos.faces.search import _distinct, _grown, common, upright


@pytest.mark.parametrize(
    ("turn", "box", "expected"),
    [
        (0, (10, 20, 30, 40), (10, 20, 30, 40)),
        # The upper left corner of a picture of 100 by 60 is at the upper right after a turn by 90 degrees.
        (90, (50, 0, 10, 5), (0, 0, 5, 10)),
        # After a turn by 270 degrees, it is at the lower left.
        (270, (0, 95, 10, 5), (0, 0, 5, 10)),
    ],
)
def test_areas_are_turned_back(turn: int, box: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert upright(box, turn, 100, 60) == expected  # type: ignore[arg-type]


def test_shares_of_two_areas() -> None:
    assert common((0, 0, 10, 10), (0, 0, 10, 10)) == 1
    assert common((0, 0, 10, 10), (5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert common((0, 0, 10, 10), (10, 0, 10, 10)) == 0


def test_of_areas_that_cover_each_other_the_surest_stays() -> None:
    found = [(0.4, (0.0, 0.0, 10.0, 10.0)), (0.9, (1.0, 0.0, 10.0, 10.0)), (0.5, (50.0, 0.0, 10.0, 10.0))]
    assert _distinct([*found, (0.99, (0.0, 0.0, 2.0, 30.0))]) == [found[1], found[2]]


@pytest.mark.parametrize(
    "box", [(-50, -50, 20, 20), (990, 990, 100, 100), (-5, -5, 2000, 2000), (0, 0, 0.1, 0.1)]
)
def test_grown_areas_stay_in_the_picture(box: tuple[float, float, float, float]) -> None:
    x, y, width, height = _grown(box, (1000, 1000))
    assert min(x, y) >= 0
    assert min(width, height) >= 1
    assert max(x + width, y + height) <= WHOLE


def test_areas_grow_by_30_percent_around_their_middle() -> None:
    assert _grown((400, 400, 100, 100), (1000, 1000)) == [3850, 3850, 1300, 1300]
