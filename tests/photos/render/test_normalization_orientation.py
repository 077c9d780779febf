import pytest
from PIL import Image

from intake.photos.render.normalization import needed_transpose, transpose
from tests.photos import made


def upright(data: bytes, format_in: str) -> Image.Image:
    picture = made.opened(data)
    return transpose(picture, needed_transpose(picture, format_in))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_sets_each_of_the_eight_upright(name: str, orientation: int) -> None:
    stored = made.turned_for(orientation, made.scene(64, 48))
    seen = upright(made.encoded(stored, name, exif=made.exif_block("x", orientation)), name.lower())
    assert seen.size == (64, 48)
    red, blue = seen.convert("RGB").getpixel((8, 6)), seen.convert("RGB").getpixel((56, 6))
    assert red[0] > red[2]  # type: ignore[index]
    assert blue[2] > blue[0]  # type: ignore[index]


@pytest.mark.parametrize(
    "block", [b"", b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"junk", b"Exif\0\0MM"]
)
def test_a_tag_that_cannot_be_read_is_no_tag(block: bytes) -> None:
    picture = made.scene()
    picture.info["exif"] = block
    assert needed_transpose(picture, "jpeg") is None


def test_an_orientation_out_of_range_is_none() -> None:
    assert needed_transpose(made.opened(made.jpeg_with_gps(64, 48, "x", orientation=99)), "jpeg") is None


def test_leaves_alone_what_the_decoder_has_turned() -> None:
    picture = made.scene()
    picture.info["exif"] = made.exif_block("x", 6)
    assert needed_transpose(picture, "heif") is None
    assert needed_transpose(picture, "tiff") is None
