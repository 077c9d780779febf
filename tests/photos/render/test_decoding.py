import pillow_heif
import pytest

from intake.photos.pictures import MainPicture, choose
from intake.photos.refusal import PhotoRefused
from intake.photos.render import decoding, threads
from tests.photos import made


@pytest.fixture(autouse=True)
def _prepared() -> None:
    decoding.prepare()


def opened_frames(data: bytes, format_in: str) -> int:
    return decoding.count_frames(decoding.open_picture(choose(data, format_in)).picture, format_in)


def reason(data: bytes, format_in: str) -> str:
    with pytest.raises(PhotoRefused) as refused:
        opened_frames(data, format_in)
    return refused.value.reason


@pytest.mark.parametrize("size", [(30_000, 30_000), (51_000_001, 1), (7_200, 7_200), (10_000, 9_000)])
def test_refuses_too_many_pixels_by_the_header_alone(size: tuple[int, int]) -> None:
    """Sizes on both sides of Pillow's own thresholds for a warning and an error."""
    assert reason(made.png_header_only(*size), "png") == "too_many_pixels"


def test_refuses_too_many_scans_before_decoding() -> None:
    assert reason(made.many_scans(101), "jpeg") == "too_many_scans"


def test_takes_as_many_scans_as_cameras_write() -> None:
    assert decoding.open_picture(
        choose(made.encoded(made.scene(), "JPEG", progressive=True), "jpeg")
    ).picture.size == (
        320,
        240,
    )


def test_heif_is_decoded_in_a_thread_for_each_processor() -> None:
    assert threads.count() == pillow_heif.options.DECODE_THREADS


def test_refuses_an_endless_animation() -> None:
    gif = made.animated("GIF", count=3)
    body, end = gif[:-1], gif[-1:]
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + bytes(4) + b"\x01\0\x01\0\0" + b"\x02\x02\x44\x01\0"
    assert reason(body + frame * 1000 + end, "gif") == "too_many_frames"


@pytest.mark.parametrize(("name", "format_in"), [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")])
def test_counts_the_frames_of_animations(name: str, format_in: str) -> None:
    assert opened_frames(made.animated(name), format_in) == 4


def test_further_pictures_of_a_jpeg_are_no_frames() -> None:
    picture = decoding.open_picture(choose(made.multi_picture("x"), "jpeg")).picture
    assert decoding.count_frames(picture, "jpeg") == 1


def test_never_opens_what_starts_ghostscript() -> None:
    from PIL import UnidentifiedImageError

    with pytest.raises(UnidentifiedImageError):
        decoding.open_picture(MainPicture(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "png"))
