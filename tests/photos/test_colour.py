import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from intake.photos.colour import to_srgb
from tests.photos import made


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def reference(picture: Image.Image, primaries: str) -> Image.Image:
    """By the definition: linear light through the two sets of primaries, for each pixel, without any library."""
    wide, plain = matrix(primaries), inverse(matrix("srgb"))
    seen = Image.new("RGB", picture.size)
    seen.putdata(
        [through(pixel, wide, plain) for pixel in picture.get_flattened_data() if isinstance(pixel, tuple)]
    )
    return seen


def matrix(primaries: str) -> list[list[float]]:
    profile = made.rgb_profile(primaries)
    columns = []
    for letter in b"rgb":
        at = int.from_bytes(profile[profile.index(bytes([letter]) + b"XYZ") + 4 :][:4], "big") + 8
        columns.append(
            [int.from_bytes(profile[at + 4 * row :][:4], "big", signed=True) / 65536 for row in range(3)]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def inverse(m: list[list[float]]) -> list[list[float]]:
    def minor(i: int, j: int) -> float:
        rows = [[m[r][c] for c in range(3) if c != j] for r in range(3) if r != i]
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]

    whole = sum((-1) ** j * m[0][j] * minor(0, j) for j in range(3))
    return [[(-1) ** (i + j) * minor(j, i) / whole for j in range(3)] for i in range(3)]


def through(pixel: tuple[int, ...], wide: list[list[float]], plain: list[list[float]]) -> tuple[int, ...]:
    light = [(value / 255) ** (563 / 256) for value in pixel]
    xyz = [sum(wide[row][k] * light[k] for k in range(3)) for row in range(3)]
    return tuple(to_byte(sum(plain[row][k] * xyz[k] for k in range(3))) for row in range(3))


def to_byte(linear: float) -> int:
    """IEC 61966-2-1."""
    linear = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055))


@pytest.mark.parametrize("primaries", ["p3", "adobe"])
def test_wide_colours_look_the_same_in_srgb(primaries: str) -> None:
    picture = made.scene(64, 48)
    expected = reference(picture, primaries)
    assert difference(picture, expected) > 3
    assert difference(to_srgb(picture.copy(), made.rgb_profile(primaries)), expected) <= 1.5


def test_srgb_is_known_by_what_it_does() -> None:
    """A profile with the true curve is left alone, to the last bit, whatever it is called."""
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
