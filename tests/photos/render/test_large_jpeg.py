import pytest
from PIL import Image

from intake.photos.limits import MAX_PIXELS
from intake.photos.pictures import choose
from intake.photos.pictures.jpeg import JpegStream
from intake.photos.refusal import PhotoRefused
from intake.photos.render import decoding, large_jpeg
from tests.photos import made, several


@pytest.fixture(autouse=True)
def _prepared() -> None:
    decoding.prepare()


def announcing(width: int, height: int) -> bytes:
    """Small JPEG whose header announces another size."""
    data = several.jpeg((64, 48))
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + data[at + 4 :]


@pytest.mark.parametrize(
    ("size", "opened"),
    [
        ((8192, 6144), (8192, 6144)),
        ((9248, 6936), (4624, 3468)),
        ((12000, 9000), (6000, 4500)),
        ((16320, 12240), (8160, 6120)),
        ((15001, 3941), (7501, 1971)),
        ((28000, 20000), (7000, 5000)),
    ],
)
def test_a_large_photo_is_opened_at_a_fraction_of_its_size(
    size: tuple[int, int], opened: tuple[int, int]
) -> None:
    found = decoding.open_picture(choose(announcing(*size), "jpeg"))
    assert (found.picture.size, found.original) == (opened, size)


def test_a_hostile_size_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="too_many_pixels"):
        decoding.open_picture(choose(announcing(65_000, 65_000), "jpeg"))
    assert Image.MAX_IMAGE_PIXELS == MAX_PIXELS


@pytest.mark.parametrize(
    ("progressive", "scans", "megabytes"), [(False, 1, 0), (True, 10, 309), (False, 3, 309)]
)
def test_memory_for_coefficients_is_known_before(progressive: bool, scans: int, megabytes: int) -> None:
    stream = JpegStream(0, 0, width=12_000, height=9_000, frame=0xC2 if progressive else 0xC0, scans=scans)
    stream.samples = [4, 1, 1]
    assert round(large_jpeg.coefficient_bytes(stream) / 1024 / 1024) == megabytes


def test_a_progressive_photo_that_needs_too_much_memory_is_refused() -> None:
    data = made.encoded(made.scene(64, 48), "JPEG", progressive=True, subsampling=0)
    at = data.index(b"\xff\xc2") + 5
    large = data[:at] + (9000).to_bytes(2, "big") + (12000).to_bytes(2, "big") + data[at + 4 :]
    with pytest.raises(PhotoRefused, match="too_many_pixels"):
        decoding.open_picture(choose(large, "jpeg"))
