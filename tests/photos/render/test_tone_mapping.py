import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from intake.photos.render import tone_mapping
from intake.photos.render.colour_spaces import ColourSpace, from_codes, transfer
from tests.photos import made
from tests.photos.reference import difference


def to_hlg(light: float) -> float:
    """HLG code value for a grey of this luminance on the screen, as a fraction of 1,000 cd/m²."""
    codes = (step / 4096 for step in range(4097))
    return min(codes, key=lambda code: abs(transfer.hlg_to_scene(code) ** 1.2 - light))


def to_pq(light: float) -> float:
    return transfer.nits_to_pq(light * 1000)


def stored(picture: Image.Image, encode) -> Image.Image:  # type: ignore[no-untyped-def]
    """A grey picture, encoded as HDR so that its white has a luminance of 203 cd/m²."""
    lights = [
        code / 255 / 12.92 if code <= 10 else ((code / 255 + 0.055) / 1.055) ** 2.4 for code in range(256)
    ]
    table = [round(255 * encode(light * 0.203)) for light in lights]
    return picture.point(table * 3)


@pytest.mark.parametrize(("encode", "code"), [(to_pq, 16), (to_hlg, 18)], ids=["pq", "hlg"])
def test_a_picture_without_highlights_looks_as_before(encode, code: int) -> None:  # type: ignore[no-untyped-def]
    grey = made.scene(64, 48, "L").convert("RGB")
    grey.paste((255, 255, 255), (0, 0, 8, 8))
    seen = tone_mapping.to_sdr(stored(grey, encode), from_codes(9, code))
    assert difference(seen, grey) <= 2


@pytest.mark.parametrize("code", [16, 18])
def test_mean_luminance_stays_beside_highlights(code: int) -> None:
    """The picture has ordinary brightness, except for a lamp of 1,000 cd/m²."""
    grey = made.scene(64, 48, "L").convert("RGB")
    hdr = stored(grey, to_pq if code == 16 else to_hlg)
    hdr.paste((round(255 * to_pq(1.0)),) * 3 if code == 16 else (255,) * 3, (0, 0, 6, 6))
    seen = tone_mapping.to_sdr(hdr, from_codes(9, code))
    grey.paste((255, 255, 255), (0, 0, 6, 6))
    assert seen.getpixel((2, 2)) == (255, 255, 255)
    assert light(seen) == pytest.approx(light(grey), rel=0.15)


def light(picture: Image.Image) -> float:
    table = [(code / 255) ** 2.2 * 255 for code in range(256)]
    return float(ImageStat.Stat(picture.convert("L").point([round(value) for value in table])).mean[0])


@pytest.mark.parametrize("space", [from_codes(9, 16), from_codes(12, 18)], ids=["pq", "hlg"])
def test_grey_stays_grey_and_black_black(space: ColourSpace) -> None:
    ramp = Image.frombytes("L", (256, 1), bytes(range(256))).convert("RGB")
    red, green, blue = tone_mapping.to_sdr(ramp, space).split()
    assert red.getpixel((0, 0)) == 0
    assert max(abs(a - b) for a, b in zip(red.tobytes(), blue.tobytes(), strict=True)) <= 1
    assert list(green.tobytes()) == sorted(green.tobytes())


def test_transparency_survives() -> None:
    picture = made.see_through()
    seen = tone_mapping.to_sdr(picture, from_codes(9, 16))
    assert seen.getchannel("A").tobytes() == picture.getchannel("A").tobytes()


def test_a_black_picture_is_black() -> None:
    assert tone_mapping.to_sdr(Image.new("RGB", (3, 2)), from_codes(9, 16)).getextrema() == ((0, 0),) * 3


@given(brightest=st.floats(204, 10_000), low=st.floats(0, 1), high=st.floats(0, 1))
def test_compression_keeps_the_order_and_ends_at_white(brightest: float, low: float, high: float) -> None:
    compress = tone_mapping.compression(brightest)
    low, high = sorted((low * brightest, high * brightest))
    assert compress(low) <= compress(high) + 1e-6
    assert compress(high) <= tone_mapping.WHITE + 1e-6
    assert compress(brightest) == pytest.approx(tone_mapping.WHITE)


@given(brightest=st.floats(1, 10_000), brightness=st.floats(0, 1), low=st.floats(0, 1), high=st.floats(0, 1))
def test_the_curve_keeps_the_order_and_stays_within_the_codes(
    brightest: float, brightness: float, low: float, high: float
) -> None:
    code = tone_mapping.curve(brightest, brightness)
    low, high = sorted((low * brightest, high * brightest))
    assert 0 <= code(low) <= code(high) + 1e-6
    assert code(high) <= 1 + 1e-6


@pytest.mark.parametrize(("nits", "code"), [(0, 0), (36.5, 0.378), (203, 0.687), (1000, 1), (5000, 1)])
def test_method_a_by_hand(nits: float, code: float) -> None:
    assert tone_mapping.method_a(1000)(nits) == pytest.approx(code, abs=0.002)


def renditions(exposure: float) -> tuple[Image.Image, Image.Image]:
    """A picture, and its HDR rendition, in which light parts are up to eight times as bright as in the picture."""
    ordinary = made.scene(96, 64, "L").point(
        [round(255 * (code / 255) ** (1 / exposure)) for code in range(256)]
    )
    codes = []
    for code in range(256):
        light = code / 255 / 12.92 if code <= 10 else ((code / 255 + 0.055) / 1.055) ** 2.4
        codes.append(round(255 * transfer.nits_to_pq(tone_mapping.WHITE * light * 8 ** (code / 255) ** 2)))
    return ordinary.convert("RGB"), ordinary.point(codes).convert("RGB")


@pytest.mark.parametrize("exposure", [1.0, 1.5])
def test_a_photo_is_about_as_bright_as_its_ordinary_rendition(exposure: float) -> None:
    ordinary, hdr = renditions(exposure)
    seen = tone_mapping.to_sdr(hdr, from_codes(9, 16))
    means = [ImageStat.Stat(picture.convert("L")).mean[0] for picture in (seen, ordinary)]
    assert means[0] == pytest.approx(means[1], rel=0.15)
