"""Choice of the picture that is cleaned, when a file holds several. Notes mention the others, or the file is refused.

One rule holds for all formats: no ordinary picture in a file is larger than the kept one, else the file is
refused. Ordinary pictures are pages, frames of a burst, previews of a raw file and appended pictures. Thumbnails,
depth maps, gain maps and the second halves of 3D photos belong to the picture.
"""

from intake.photos.pictures import heif, jpeg, raw, tiff, trailer
from intake.photos.pictures.main_picture import MainPicture, refuse_if_smaller
from intake.photos.refusal import PhotoRefused

__all__ = ["MainPicture", "choose"]


def choose(data: bytes, format_in: str, *, page: int = 1, max_pages: int | None = None) -> MainPicture:
    """Choose the picture of a file. `page` is a page of a TIFF file, and is 1 for all other files.

    Raises PhotoRefused (raw_photo, larger_picture, too_many_pages, damaged).
    """
    if format_in == "raw":
        return raw.choose(data)
    if format_in == "tiff":
        return tiff.choose(data, page, max_pages)
    if format_in in {"heif", "avif"}:
        return heif.choose(data, format_in)
    return _first(data) if format_in == "jpeg" else MainPicture(data, format_in)


def _first(data: bytes) -> MainPicture:
    """Choose the first picture of a JPEG file."""
    first = jpeg.read(data)
    if first is None:
        raise PhotoRefused("damaged", "no picture")
    others = trailer.read(data, first).others
    refuse_if_smaller(first.pixels, [each.pixels for each in others])
    return MainPicture(data, "jpeg", {"pictures": 1 + len(others)} if others else {}, first)
