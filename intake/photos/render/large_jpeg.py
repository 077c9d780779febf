"""Decoding of very large JPEGs at a half or a quarter of their size, which JPEG allows without a full decoding."""

from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from intake.photos.limits import MAX_COEFFICIENT_BYTES, MAX_PIXELS, MAX_REDUCTION
from intake.photos.pictures.jpeg import JpegStream
from intake.photos.refusal import PhotoRefused

_BYTES_PER_COEFFICIENT = 2


@contextmanager
def allowed() -> Iterator[None]:
    """Lift Pillow's pixel limit while a JPEG is opened. Opening reads the header and decodes no pixels."""
    usual, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = usual


def reduce(picture: Image.Image, stream: JpegStream) -> None:
    """Let Pillow decode an opened JPEG at a reduced size, if it is too large. Raises PhotoRefused.

    A picture that would be too large even at MAX_REDUCTION is not changed. The caller then refuses it.
    """
    factor = 1
    while _pixels(picture, factor) > MAX_PIXELS and factor < MAX_REDUCTION:
        factor *= 2
    if factor == 1 or _pixels(picture, factor) > MAX_PIXELS:
        return
    if coefficient_bytes(stream) > MAX_COEFFICIENT_BYTES:
        raise PhotoRefused("too_many_pixels", "coefficients")
    picture.draft(None, (picture.width // factor, picture.height // factor))


def _pixels(picture: Image.Image, factor: int) -> int:
    return -(-picture.width // factor) * -(-picture.height // factor)


def coefficient_bytes(stream: JpegStream) -> int:
    """Memory that the decoder needs for all coefficients. 0 for a JPEG of one scan, decoded row by row."""
    if not stream.progressive and stream.scans <= 1:
        return 0
    parts = sum(stream.samples) / max(stream.samples, default=1)
    return round(stream.pixels * parts * _BYTES_PER_COEFFICIENT)
