"""Which way up: the Exif orientation, applied to the pixels, since the tag will be gone."""

from PIL import Image

_TAG = 0x0112
_Turn = Image.Transpose
TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""Exif 2.32, 4.6.4 A: value of the tag → what sets the picture upright."""

_ALREADY_UPRIGHT = {"tiff", "heif"}
"""Formats that Pillow and libheif turn by themselves."""


def turn_needed(picture: Image.Image, format_in: str) -> Image.Transpose | None:
    """What sets a loaded picture upright, or None. A tag that cannot be read is no tag.

    Pillow's parser raises whatever it likes on a broken Exif block.
    """
    raw = picture.info.get("exif")
    if format_in in _ALREADY_UPRIGHT or not isinstance(raw, bytes):
        return None
    exif = Image.Exif()
    try:
        exif.load(raw)
        return TURNS.get(exif.get(_TAG, 1))
    except Exception:
        return None


def turn(picture: Image.Image, how: Image.Transpose | None) -> Image.Image:
    """The picture upright; itself when it is."""
    return picture if how is None else picture.transpose(how)
