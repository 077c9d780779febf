import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos.render.colour_spaces import transfer


@pytest.mark.parametrize(
    ("nits", "code"), [(0.0, 0.0), (100.0, 0.508), (203.0, 0.581), (1000.0, 0.752), (10000.0, 1.0)]
)
def test_pq_codes_are_those_of_the_standard(nits: float, code: float) -> None:
    assert transfer.nits_to_pq(nits) == pytest.approx(code, abs=6e-4)
    assert transfer.pq_to_nits(transfer.nits_to_pq(nits)) == pytest.approx(nits, abs=1e-6 * max(nits, 1))


@pytest.mark.parametrize(("code", "light"), [(0.0, 0.0), (0.5, 1 / 12), (0.75, 0.2650), (1.0, 1.0)])
def test_hlg_codes_are_those_of_the_standard(code: float, light: float) -> None:
    assert transfer.hlg_to_scene(code) == pytest.approx(light, abs=1e-4)


@given(st.floats(-10, 10))
def test_srgb_stays_between_black_and_white(light: float) -> None:
    assert 0 <= transfer.linear_to_srgb(light) <= 1
    assert transfer.linear_to_srgb(0.2140) == pytest.approx(0.5, abs=1e-3)
