"""Rows that are missing at the bottom of a cut JPEG. The decoder fills them with middle grey."""

from PIL import Image

from intake.photos.limits import MAX_MISSING_ROWS
from intake.photos.notes import Notes
from intake.photos.pictures.jpeg import JpegStream
from intake.photos.refusal import PhotoRefused

_BLOCK = 8
_GREY = {127, 128}


def check(picture: Image.Image, stream: JpegStream) -> Notes:
    """Notes on a decoded JPEG that lacks its end marker. Raises PhotoRefused (damaged) if too much is missing.

    In a progressive JPEG, every scan covers the whole picture. If only the last scans are missing,
    the picture lacks some detail and is kept.
    """
    rows = count(picture)
    if rows > MAX_MISSING_ROWS * picture.height:
        raise PhotoRefused("damaged", "rows missing")
    if rows:
        return {"incomplete": True}
    if not stream.progressive:
        return {}
    if stream.last_scan_is_first_detail:
        raise PhotoRefused("damaged", "detail missing")
    return {"cut": True}


def count(picture: Image.Image) -> int:
    """Number of rows at the bottom that were not decoded in full. 0 if nothing is missing."""
    last = (picture.height - 1) // _BLOCK * _BLOCK
    if not _is_grey(picture, (picture.width - 1) // _BLOCK * _BLOCK, last, picture.height):
        return 0
    top, bottom = last, picture.height
    while top >= 0 and _is_grey(picture, 0, top, bottom):
        top, bottom = top - _BLOCK, top
    # The row of blocks that starts at `top` is not all grey, but may be decoded only in part. Count it, too.
    return picture.height - max(top, 0)


def _is_grey(picture: Image.Image, left: int, top: int, bottom: int) -> bool:
    area = picture.crop((left, top, picture.width, bottom))
    extrema = area.getextrema()
    bands = [extrema] if isinstance(extrema[0], (int, float)) else extrema
    return all(low == high and low in _GREY for low, high in bands)
