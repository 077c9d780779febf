import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from intake.photos.render import colour
from intake.photos.render.correction import MIN_PIXELS, correct
from tests.photos import made
from tests.photos.reference import difference

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def engine(primaries: str) -> Callable[[Image.Image], object]:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(made.rgb_profile(primaries)))
    return lambda picture: ImageCms.profileToProfile(picture, profile, SRGB, inPlace=True)


@pytest.mark.parametrize("size", [(1, 1), (302, 129), (301, 257), (400, 256), (641, 1)])
@pytest.mark.parametrize("primaries", ["p3", "adobe"])
def test_it_is_nearly_what_the_engine_makes_of_every_pixel(primaries: str, size: tuple[int, int]) -> None:
    convert, picture, expected = engine(primaries), made.scene(*size), made.scene(*size)
    convert(expected)
    assert correct(picture, convert) is picture
    assert difference(picture, expected) <= 0.5


def test_one_colour_is_the_engines_to_the_last_bit() -> None:
    plain, expected = (Image.new("RGB", (301, 301), (200, 60, 30)) for _ in range(2))
    engine("p3")(expected)
    assert difference(correct(plain, engine("p3")), expected) == 0


@pytest.mark.parametrize(
    ("primaries", "area", "subsampled", "times"),
    [
        ("p3", MIN_PIXELS, True, 1),
        ("p3", MIN_PIXELS - 2000, True, 0),
        ("p3", MIN_PIXELS, False, 0),
        # ProPhoto colours differ from sRGB by more than the correction can express.
        ("prophoto", MIN_PIXELS, True, 0),
    ],
)
def test_large_photos_are_corrected_so(
    monkeypatch: pytest.MonkeyPatch, primaries: str, area: int, subsampled: bool, times: int
) -> None:
    corrected: list[Image.Image] = []
    monkeypatch.setattr(
        "intake.photos.render.correction.correct", lambda picture, _: corrected.append(picture)
    )
    picture = Image.new("RGB", (2000, area // 2000), (200, 60, 30))
    colour.to_srgb(picture, made.rgb_profile(primaries), subsampled=subsampled)
    assert len(corrected) == times
