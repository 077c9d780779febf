import io

import pytest
from PIL import Image, ImageCms

from intake.photos.render.colour_spaces import ADOBE_RGB, SRGB, ColourSpace, from_codes
from intake.photos.render.colour_spaces.profile import matrix_profile
from tests.photos import made
from tests.photos.reference import difference
from tests.photos.render import managed


@pytest.mark.parametrize(
    ("space", "profile"),
    [(from_codes(12, 13), managed.P3), (from_codes(9, 13), managed.BT2020), (ADOBE_RGB, managed.ADOBE)],
    ids=["p3", "bt2020", "adobe"],
)
def test_converts_as_a_profile_of_the_same_space(space: ColourSpace, profile: bytes) -> None:
    picture = made.scene(64, 48)
    assert (
        difference(managed.to_srgb(picture, matrix_profile(space)), managed.to_srgb(picture, profile)) <= 0.5
    )


def test_that_of_srgb_changes_nothing() -> None:
    picture = made.scene(64, 48)
    assert difference(managed.to_srgb(picture, matrix_profile(SRGB)), picture) <= 0.1


def test_is_a_profile_for_the_engine() -> None:
    opened = ImageCms.ImageCmsProfile(io.BytesIO(matrix_profile(ADOBE_RGB))).profile
    assert (opened.xcolor_space, opened.connection_space) == ("RGB ", "XYZ ")


def test_hdr_has_none() -> None:
    with pytest.raises(ValueError, match="curve"):
        matrix_profile(from_codes(9, 16))


def test_linear_light_is_a_gamma_of_one() -> None:
    grey = Image.new("RGB", (4, 4), (55, 55, 55))
    assert (
        difference(
            managed.to_srgb(grey, matrix_profile(from_codes(1, 8))), Image.new("RGB", (4, 4), (128,) * 3)
        )
        <= 1
    )
