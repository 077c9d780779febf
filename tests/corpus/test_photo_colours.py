"""Colours of real photos, and of inputs made after public bug reports. Skipped if the corpus is missing."""

import io

import pillow_heif
import pytest
from PIL import Image, ImageStat

from intake.photos import CleanPhoto, clean_photo
from intake.photos.render import tone_mapping
from intake.photos.render.colour_spaces import from_codes
from tests.corpus.photos import corpus
from tests.photos import made
from tests.photos.reference import difference
from tests.photos.render import gain_map, managed

pillow_heif.register_heif_opener()

PHOTOS = corpus()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        PHOTOS is None or not (PHOTOS / "cases").is_dir(),
        reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS to test on real photos",
    ),
]


def original(name: str) -> bytes:
    assert PHOTOS is not None
    return (PHOTOS / name).read_bytes()


def cleaned(name: str) -> tuple[CleanPhoto, Image.Image]:
    copies = clean_photo(original(name))
    return copies, made.opened(copies.full)


def decoded(name: str) -> Image.Image:
    picture = Image.open(io.BytesIO(original(name)))
    picture.load()
    return picture.convert("RGB")


@pytest.mark.parametrize(
    ("name", "profile"),
    [("cases/dcf-adobergb-noicc.jpg", managed.ADOBE), ("cases/heic-nclx-p3.heic", managed.P3)],
    ids=["adobe", "p3"],
)
def test_wide_colours_are_those_of_a_managed_screen(name: str, profile: bytes) -> None:
    assert difference(cleaned(name)[1], managed.to_srgb(decoded(name), profile)) <= 2


def test_the_profile_of_a_phone_and_the_codes_of_p3_agree() -> None:
    apple = Image.open(io.BytesIO(original("real/photoprism__iphone_7.heic"))).info["icc_profile"]
    picture = decoded("cases/heic-nclx-p3.heic")
    assert difference(cleaned("cases/heic-nclx-p3.heic")[1], managed.to_srgb(picture, apple)) <= 2


def test_hdr_is_neither_flat_nor_grey() -> None:
    copies, seen = cleaned("cases/heic-nclx-bt2020-pq.heic")
    assert copies.format == "jpeg"
    # The brightest pixels are white, and the picture is more saturated than the undecoded HDR values are.
    assert [band.getextrema()[1] for band in seen.split()] == [255] * 3
    saturation = seen.convert("HSV").getchannel("S")
    before = decoded("cases/heic-nclx-bt2020-pq.heic").convert("HSV").getchannel("S")
    assert ImageStat.Stat(saturation).mean[0] > ImageStat.Stat(before).mean[0]


@pytest.mark.parametrize(
    "name",
    [
        "ultrahdr__uhdr.jpg",
        "ultrahdr__old_acr.orig.jpg",
        "ultrahdr__s01.orig.jpg",
        "libavif__paris_exif_xmp_gainmap_littleendian.jpg",
        "sharp__gain-map.jpg",
    ],
)
def test_hdr_is_as_bright_as_the_ordinary_rendition_of_the_same_photo(name: str) -> None:
    """Ultra HDR photos contain both renditions. Here the HDR one is encoded in PQ, as by other cameras."""
    ordinary, hdr = gain_map.renditions(original(f"real/{name}"))
    seen = tone_mapping.to_sdr(hdr, from_codes(1, 16))
    assert gain_map.luminance(seen) == pytest.approx(gain_map.luminance(ordinary), rel=0.15)


@pytest.mark.parametrize("name", ["real/ultrahdr__uhdr.jpg", "real/sharp__gain-map.jpg"])
def test_a_photo_that_carries_both_renditions_stays_the_ordinary_one(name: str) -> None:
    _, seen = cleaned(name)
    assert gain_map.luminance(seen) == pytest.approx(gain_map.luminance(decoded(name)), rel=0.02)


def test_a_colour_key_of_sixteen_bits_is_transparency() -> None:
    copies, seen = cleaned("cases/grey16-trns.png")
    assert copies.format == "png"
    assert seen.getchannel("A").histogram()[0] == 200 * 200


def test_a_screenshot_stays_sharp() -> None:
    assert (
        difference(
            cleaned("cases/screenshot-red-on-blue.png")[1], decoded("cases/screenshot-red-on-blue.png")
        )
        <= 1.5
    )


@pytest.mark.parametrize("name", ["cases/is-heic.jpg", "cases/png-exif-orient6.png"])
def test_ordinary_pictures_stay_as_they_are(name: str) -> None:
    copies, seen = cleaned(name)
    assert (copies.width, copies.height) == (1200, 900)
    expected = decoded(name)
    upright = expected if expected.size == seen.size else expected.transpose(Image.Transpose.ROTATE_270)
    assert difference(seen, upright) <= 2
