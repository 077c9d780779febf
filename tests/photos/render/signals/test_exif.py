import pytest

from intake.photos.render.colour_spaces import ADOBE_RGB, SRGB, ColourSpace
from intake.photos.render.signals import exif
from tests.photos.render import named


@pytest.mark.parametrize("order", ["<", ">"], ids=["little", "big"])
@pytest.mark.parametrize(
    ("space", "interop", "expected"),
    [
        (None, None, None),
        (1, None, SRGB),
        (1, b"R03", SRGB),
        (2, None, ADOBE_RGB),
        (2, b"R98", ADOBE_RGB),
        (65535, b"R03", ADOBE_RGB),
        (None, b"R03", ADOBE_RGB),
        (65535, None, None),
        (65535, b"R98", None),
        (65535, b"THM", None),
    ],
)
def test_adobe_rgb_is_told(
    order: str, space: int | None, interop: bytes | None, expected: ColourSpace | None
) -> None:
    assert exif.read(named.exif(space=space, interop=interop, order=order)) == expected


@pytest.mark.parametrize("length", range(0, 80, 7))
def test_a_block_cut_short_raises_nothing(length: int) -> None:
    assert exif.read(named.exif(space=65535, interop=b"R03")[:length]) in {None, ADOBE_RGB}


@pytest.mark.parametrize("block", [b"", b"II*\0\xff\xff\xff\xff", b"junk", b"MM\0*\0\0\0\x08\xff\xff"])
def test_a_malformed_block_names_nothing(block: bytes) -> None:
    assert exif.read(block) is None
