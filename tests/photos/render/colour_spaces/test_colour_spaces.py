import pytest

from intake.photos.render.colour_spaces import HLG, PQ, SRGB, from_codes


@pytest.mark.parametrize("codes", [(1, 13), (1, 1), (2, 2), (1, 6), (99, 99)])
def test_usual_and_unknown_codes_are_srgb(codes: tuple[int, int]) -> None:
    assert from_codes(*codes) == SRGB


@pytest.mark.parametrize(("transfer", "curve"), [(16, PQ), (18, HLG)])
def test_hdr_without_primaries_has_those_of_bt2020(transfer: int, curve: str) -> None:
    space = from_codes(2, transfer)
    assert space == from_codes(9, transfer)
    assert space.curve == curve
    assert space.is_hdr


def test_display_p3_has_the_curve_of_srgb() -> None:
    space = from_codes(12, 13)
    assert space.primaries[0] == (0.68, 0.32)
    assert (space.curve, space.white) == (SRGB.curve, SRGB.white)
