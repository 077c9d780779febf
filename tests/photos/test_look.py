"""Cleaned photos look like their originals: the whole of `clean_photo` against independent references."""

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageCms

from intake.photos import CleanPhoto, clean_photo
from intake.photos.render.encoding import FULL, encode
from tests.corpus.test_photos import PHOTOS
from tests.photos import made
from tests.photos.reference import difference, reference

NEAR = 1.5
"""Maximum mean difference of colours, in levels of 255."""
SIZE = (128, 96)

pillow_heif.register_heif_opener()


def cleaned(data: bytes) -> tuple[CleanPhoto, Image.Image]:
    copies = clean_photo(data)
    return copies, made.opened(copies.full)


def as_coded(picture: Image.Image) -> Image.Image:
    """Reference with JPEG's loss, 4 levels at sharp edges, so that only the colours are compared."""
    return made.opened(encode(picture, "jpeg", FULL))


@pytest.mark.parametrize("primaries", ["p3", "adobe", "prophoto"])
@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_wide_colours_are_those_of_a_managed_screen(name: str, primaries: str) -> None:
    picture = made.scene(*SIZE)
    copies, seen = cleaned(made.encoded(picture, name, icc_profile=made.rgb_profile(primaries)))
    expected = reference(picture, primaries)
    assert difference(picture, expected) > 2 * NEAR
    assert difference(seen, as_coded(expected) if copies.format == "jpeg" else expected) <= NEAR


def test_wide_colours_of_a_large_photo_are_those_of_a_managed_screen() -> None:
    picture, profile = made.scene(2400, 1800), made.rgb_profile("p3")
    photo = made.encoded(picture, "JPEG", icc_profile=profile, quality=95)
    assert difference(cleaned(photo)[1], as_coded(managed(made.opened(photo)))) <= NEAR


def test_ink_without_a_profile_is_paper_less_ink() -> None:
    """CMYK without a profile is converted by the rule of PDF 1.7, 10.3.5: red is white minus cyan and black."""
    picture = made.scene(*SIZE).convert("CMYK")
    _, seen = cleaned(made.encoded(picture, "TIFF"))
    assert difference(seen, made.scene(*SIZE)) <= NEAR


@pytest.mark.skipif(PHOTOS is None, reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS to test on real inks")
@pytest.mark.parametrize(
    "file",
    ["sharp__Channel_digital_image_CMYK_color.jpg", "metadata-extractor-images__Multiple_ICC_segments.jpg"],
)
def test_ink_with_a_profile_is_that_of_a_managed_screen(file: str) -> None:
    data = (Path(str(PHOTOS)) / "real" / file).read_bytes()
    assert difference(cleaned(data)[1], as_coded(managed(Image.open(io.BytesIO(data))))) <= NEAR


def managed(picture: Image.Image) -> Image.Image:
    """Reference by the colour engine at full precision, without shortcuts."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
    flags = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.HIGHRESPRECALC
    exact = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), picture.mode, "RGB", flags=flags)
    seen = ImageCms.applyTransform(picture, exact)
    assert seen is not None
    return seen


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_each_of_the_eight_orientations_is_upright(name: str, orientation: int) -> None:
    stored = made.turned_for(orientation, made.scene(*SIZE))
    copies, seen = cleaned(made.encoded(stored, name, exif=made.exif_block("x", orientation), quality=95))
    assert (copies.width, copies.height) == SIZE
    assert difference(seen, made.scene(*SIZE)) <= 4


def test_sixteen_bits_are_scaled() -> None:
    """Pillow's `convert` clips: all but the darkest 256 of the 65,536 levels would become white."""
    _, seen = cleaned(made.grey16())
    assert seen.convert("L").resize((256, 1)).tobytes() == pytest.approx(bytes(range(256)), abs=3)


def test_transparency_is_kept() -> None:
    picture = made.see_through()
    _, seen = cleaned(made.encoded(picture, "PNG"))
    assert seen.getchannel("A").tobytes() == picture.getchannel("A").tobytes()


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_frames_and_their_time(name: str) -> None:
    copies, seen = cleaned(made.animated(name, "x", count=6))
    assert copies.frames == getattr(seen, "n_frames", 1) == 6
    seen.seek(5)
    seen.load()
    assert seen.info["duration"] == 120
    seen.seek(3)
    assert difference(seen.convert("RGB"), made.frames(6)[3]) <= 2 * NEAR
