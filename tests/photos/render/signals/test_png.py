import pytest

from intake.photos.render.colour_spaces import SRGB, from_codes
from intake.photos.render.signals import png
from tests.photos import made
from tests.photos.render import named

PLAIN = made.encoded(made.scene(16, 16), "PNG")
P3 = named.fixed(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)


def test_cicp_comes_before_an_srgb_chunk() -> None:
    assert png.read(named.with_chunks(PLAIN, sRGB=b"\0", cICP=bytes((9, 16, 0, 1)))) == from_codes(9, 16)
    assert png.read(named.with_chunks(PLAIN, sRGB=b"\0")) == SRGB


def test_a_plain_png_names_nothing() -> None:
    assert png.read(PLAIN) is None
    assert png.read_gamma(PLAIN) is None


def test_a_cicp_of_the_wrong_length_is_ignored() -> None:
    assert png.read(named.with_chunks(PLAIN, cICP=b"\x09\x10")) is None


@pytest.mark.parametrize("gamma", [0.45455, 0.45454, 0.4545])
def test_the_usual_gamma_stands_for_srgb(gamma: float) -> None:
    assert png.read_gamma(named.with_chunks(PLAIN, gAMA=named.fixed(gamma))) == SRGB


def test_gamma_and_primaries_are_read() -> None:
    space = png.read_gamma(named.with_chunks(PLAIN, gAMA=named.fixed(0.5), cHRM=P3))
    assert space is not None
    assert space.curve == pytest.approx(2.0)
    assert space.primaries == from_codes(12, 13).primaries


@pytest.mark.parametrize(
    "chunks",
    [
        {"gAMA": named.fixed(0.0)},
        {"gAMA": named.fixed(9.0)},
        {"gAMA": b"\0"},
        {"cHRM": P3},
        {"gAMA": named.fixed(0.5), "cHRM": bytes(32)},
        {"gAMA": named.fixed(0.5), "cHRM": b"\xff" * 32},
        {"gAMA": named.fixed(0.5), "cHRM": P3[:9]},
    ],
    ids=["zero", "huge", "short", "primaries alone", "no light", "absurd", "cut"],
)
def test_what_is_implausible_names_nothing(chunks: dict[str, bytes]) -> None:
    assert png.read_gamma(named.with_chunks(PLAIN, **chunks)) is None
