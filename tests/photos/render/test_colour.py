import pytest
from PIL import ImageCms

from intake.photos.render.colour import to_srgb
from tests.photos import made
from tests.photos.reference import difference, reference


@pytest.mark.parametrize("primaries", ["p3", "adobe", "prophoto"])
def test_wide_colours_look_the_same_in_srgb(primaries: str) -> None:
    picture = made.scene(64, 48)
    expected = reference(picture, primaries)
    assert difference(picture, expected) > 3
    assert difference(to_srgb(picture.copy(), made.rgb_profile(primaries)), expected) <= 1.5


def test_srgb_is_known_by_what_it_does() -> None:
    """A profile with sRGB's true curve changes no pixel, whatever its name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"sRGB", b"P3!!")
    picture = made.scene()
    assert to_srgb(picture, profile) is picture


@pytest.mark.parametrize("profile", [b"", b"junk", made.rgb_profile("p3")[:200], bytes(128), b"\xff" * 400])
def test_a_broken_profile_is_left_out_of_account(profile: bytes) -> None:
    picture = made.scene(16, 16)
    assert difference(to_srgb(picture.copy(), profile), picture) == 0


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "LAB"])
def test_a_profile_for_other_channels_is_left_out_of_account(mode: str) -> None:
    picture = made.scene(16, 16).convert("RGB")
    other = (
        ImageCms.profileToProfile(picture, srgb(), lab(), outputMode="LAB")
        if mode == "LAB"
        else picture.convert(mode)
    )
    assert other is not None
    assert (
        difference(
            to_srgb(other, made.rgb_profile("p3")), picture.convert("L" if mode in {"L", "LA"} else "RGB")
        )
        <= 2
    )


def srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def lab() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))


def test_transparency_survives() -> None:
    picture = made.see_through()
    seen = to_srgb(picture.copy(), made.rgb_profile("p3"))
    assert seen.getchannel("A").tobytes() == picture.getchannel("A").tobytes()
