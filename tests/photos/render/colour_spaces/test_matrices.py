import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos.render.colour_spaces import matrices
from intake.photos.render.colour_spaces.matrices import Matrix, Point

D65 = (0.3127, 0.3290)
BT709 = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

points = st.tuples(st.floats(0.01, 0.8), st.floats(0.01, 0.8))


def flat(matrix: Matrix) -> list[float]:
    return [value for row in matrix for value in row]


def test_bt709_has_the_luminance_weights_of_its_standard() -> None:
    _, weights, _ = matrices.rgb_to_xyz(BT709, D65)
    assert weights == pytest.approx((0.2126, 0.7152, 0.0722), abs=1e-4)


def test_white_is_white_at_d50() -> None:
    adapted = matrices.to_d50(matrices.rgb_to_xyz(BT709, D65), D65)
    assert matrices.apply(adapted, (1.0, 1.0, 1.0)) == pytest.approx((0.9642, 1.0, 0.8249), abs=1e-6)


@given(red=points, green=points, blue=points, white=points)
def test_every_set_of_points_has_an_inverse_or_is_refused(
    red: Point, green: Point, blue: Point, white: Point
) -> None:
    try:
        matrix = matrices.rgb_to_xyz((red, green, blue), white)
        inverse = matrices.invert(matrix)
    except ValueError:
        return
    assert flat(matrices.multiply(matrix, inverse)) == pytest.approx(flat(IDENTITY), abs=1e-3)


@pytest.mark.parametrize("points", [((0.3, 0.3),) * 3, ((0.64, 0.0), (0.3, 0.6), (0.15, 0.06))])
def test_points_that_span_nothing_are_refused(points: tuple[Point, Point, Point]) -> None:
    with pytest.raises(ValueError, match=r"inverse|light"):
        matrices.rgb_to_xyz(points, D65)
