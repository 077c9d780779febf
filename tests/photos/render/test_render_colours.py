"""Colours and sharpness of the rendered copies, for files without an ICC profile."""

import pytest
from PIL import Image, ImageChops

from intake.photos import render as module
from intake.photos.pictures import choose
from intake.photos.render import render
from intake.photos.render.encoding import SHARP, colour_resolution
from tests.photos import made
from tests.photos.reference import difference
from tests.photos.render import managed, named
from tests.photos.render.test_drawing import grainy, screenshot

NEAR = 2.0
"""Maximum mean difference to the colour-managed picture, in levels of 255."""
SIZE = (320, 240)


@pytest.fixture(autouse=True)
def _prepared() -> None:
    module.prepare()


def adobe_files() -> dict[str, bytes]:
    picture, block = made.scene(*SIZE), b"Exif\0\0" + named.exif(space=65535, interop=b"R03")
    how = {"exif": block, "quality": 95}
    files = {name: made.encoded(picture, name, **how) for name in ("JPEG", "PNG", "WEBP")}
    files["AVIF"] = named.avif(picture, 2, 2, exif=block)
    files["HEIF"] = named.heic(picture, 2, 2, exif=block)
    files["JPEG by ColorSpace"] = made.encoded(
        picture, "JPEG", exif=b"Exif\0\0" + named.exif(space=2), quality=95
    )
    files["TIFF"] = named.tiff(picture, 2)
    return files


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "JPEG by ColorSpace", "TIFF"])
def test_adobe_rgb_by_exif(name: str) -> None:
    rendered = render(choose(adobe_files()[name], name.split()[0].lower()))
    expected = managed.to_srgb(made.scene(*SIZE), managed.ADOBE)
    assert difference(made.scene(*SIZE), expected) > 2 * NEAR
    assert difference(made.opened(rendered.full), expected) <= NEAR


@pytest.mark.parametrize("primaries", [12, 9], ids=["p3", "bt2020"])
@pytest.mark.parametrize("name", ["heif", "avif", "png"])
def test_wide_colours_by_codes(name: str, primaries: int) -> None:
    picture = made.scene(*SIZE)
    chunks = {"cICP": bytes((primaries, 13, 0, 1))}
    data = {
        "heif": named.heic(picture, primaries, 13),
        "avif": named.avif(picture, primaries, 13),
        "png": named.with_chunks(made.encoded(picture, "PNG"), **chunks),
    }[name]
    expected = managed.to_srgb(picture, {12: managed.P3, 9: managed.BT2020}[primaries])
    assert difference(picture, expected) > 2 * NEAR
    assert difference(made.opened(render(choose(data, name)).full), expected) <= NEAR


def test_a_profile_is_trusted_before_codes() -> None:
    data = made.encoded(made.scene(*SIZE), "PNG", icc_profile=managed.P3)
    data = named.with_chunks(data, cICP=bytes((9, 16, 0, 1)))
    assert (
        difference(
            made.opened(render(choose(data, "png")).full), managed.to_srgb(made.scene(*SIZE), managed.P3)
        )
        <= NEAR
    )


def test_a_broken_profile_leaves_the_codes() -> None:
    data = named.with_chunks(
        made.encoded(made.scene(*SIZE), "PNG", icc_profile=b"junk"), cICP=bytes((12, 13, 0, 1))
    )
    assert (
        difference(
            made.opened(render(choose(data, "png")).full), managed.to_srgb(made.scene(*SIZE), managed.P3)
        )
        <= NEAR
    )


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_grey_follows_a_curve(mode: str) -> None:
    picture = Image.new("L", SIZE, 55).convert(mode)
    data = named.with_chunks(made.encoded(picture, "PNG"), gAMA=named.fixed(1.0))
    assert (
        difference(made.opened(render(choose(data, "png")).full), Image.new("RGB", SIZE, (128, 128, 128)))
        <= 1
    )


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_text_of_a_screenshot_stays_sharp(name: str) -> None:
    picture = screenshot()
    rendered = render(
        choose(made.encoded(picture, name, **({"lossless": True} if name == "WEBP" else {})), name.lower())
    )
    assert rendered.format == "png"
    assert difference(made.opened(rendered.full), picture) == 0


def test_a_screenshot_with_a_photograph_becomes_a_sharp_jpeg() -> None:
    picture = screenshot(640, 480)
    picture.paste(grainy(640, 320), (0, 160))
    rendered = render(choose(made.encoded(picture, "PNG"), "png"))
    assert rendered.format == "jpeg"
    assert [
        colour_resolution(made.opened(copy)) for copy in (rendered.full, rendered.web, rendered.thumb)
    ] == [SHARP] * 3
    text = (0, 0, 640, 160)
    assert difference(made.opened(rendered.full).crop(text), picture.crop(text)) <= 1.5


def test_a_photograph_in_png_becomes_an_ordinary_jpeg() -> None:
    rendered = render(choose(made.encoded(grainy(), "PNG"), "png"))
    assert rendered.format == "jpeg"
    assert colour_resolution(made.opened(rendered.full)) != SHARP


def test_a_see_through_screenshot_in_lossless_webp_becomes_png() -> None:
    picture = screenshot().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 200, 320, 240))
    rendered = render(choose(made.encoded(picture, "WEBP", lossless=True), "webp"))
    assert rendered.format == "png"
    assert ImageChops.difference(made.opened(rendered.full), picture).getextrema() == ((0, 0),) * 4
