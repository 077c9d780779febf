"""Photo inside a camera's raw file: the JPEG, as large as the sensor or half of it, that cameras add for screens.

Works on any raw format whose JPEG is stored in one piece: DNG, NEF, ARW, CR2, CR3, ORF, RW2, RAF, IIQ and others.
"""

import struct

from intake.photos.identify import RAW_BRAND
from intake.photos.pictures import boxes, jpeg
from intake.photos.pictures.directories import (
    COMPRESSION,
    EXIF,
    ORIENTATION,
    PHOTOMETRIC,
    STRIPS,
    TILES,
    Directories,
    Directory,
)
from intake.photos.pictures.main_picture import MainPicture
from intake.photos.refusal import PhotoRefused

# DNG 1.7: colour filter array, linear raw, and depth map.
_RAW_PHOTOMETRIC = {32803, 34892, 51177}
# Compressions of Nikon, Sony, Samsung, Pentax, Kodak, DNG's lossy JPEG and JPEG XL
_RAW_COMPRESSIONS = {34713, 32767, 32769, 32770, 65535, 65000, 262, 34892, 52546}
_DNG_VERSION = 0xC612
_MARKS = (b"CR", b"IIII", b"MMMM")
"""Bytes after the header of CR2 (Canon) and IIQ (Phase One)."""

_ORIGINAL_SIZES = (0xC791, 0xC792, 0xC793)
"""DNG 1.4: sizes before the file was made smaller."""

_EXIF_WIDTH, _PANASONIC_WIDTH = 0xA002, 0x0002
_COLOUR_SPACE = 0xA001
_PLAIN_PHOTOMETRIC = {1, 2, 6}
_PLAIN_COMPRESSIONS = {1, 5, 7, 8, 32773, 32946}


def is_raw(data: bytes, found: Directories) -> bool:
    """Return whether a file that looks like TIFF is a camera's raw file."""
    return data[8:12].startswith(_MARKS) or any(_is_raw_picture(each) for each in found)


def _is_raw_picture(directory: Directory) -> bool:
    return (
        directory.number(PHOTOMETRIC) in _RAW_PHOTOMETRIC
        or directory.number(COMPRESSION) in _RAW_COMPRESSIONS
        or _DNG_VERSION in directory.values
    )


def choose(data: bytes, found: Directories | None = None) -> MainPicture:
    """Choose the largest photo in a raw file, if it has at least half the sensor's width.

    Raises PhotoRefused (raw_photo).
    """
    found = found or Directories(data)
    raw_data = {
        at for each in found if _is_sensor(each) for tag in (STRIPS, TILES) for at in each.values.get(tag, ())
    }
    streams = list(jpeg.Search(data, 4))
    photos = [each for each in streams if each.decodable and each.start not in raw_data]
    plain = [each for each in found if _is_plain(each)]
    pictures: list[jpeg.JpegStream | Directory] = [*photos, *plain]
    best = max(pictures, key=lambda each: each.pixels, default=None)
    sensor = _sensor_width(data, found, streams)
    if best is None or not sensor or max(best.width, best.height) * 2 < sensor:
        raise PhotoRefused("raw_photo")
    if isinstance(best, Directory):
        return MainPicture(found.starting_at(best), "tiff", {"raw": True})
    photo = _as_file(data, best, found)
    return MainPicture(photo, "jpeg", {"raw": True}, jpeg.read(photo))


def _is_plain(directory: Directory) -> bool:
    """Return whether a directory is a picture that is stored like that of an ordinary TIFF."""
    return (
        directory.number(PHOTOMETRIC) in _PLAIN_PHOTOMETRIC
        and directory.number(COMPRESSION) in _PLAIN_COMPRESSIONS
        and not directory.mask
    )


def _is_sensor(directory: Directory) -> bool:
    return (
        directory.number(PHOTOMETRIC) in _RAW_PHOTOMETRIC
        or directory.number(COMPRESSION) in _RAW_COMPRESSIONS
    )


def _sensor_width(data: bytes, found: Directories, streams: list[jpeg.JpegStream]) -> int:
    """Longer side of the sensor in pixels, or 0 if the file does not tell.

    Takes the largest of all widths that the file mentions, so that a preview is not mistaken for the photo.
    """
    widths = [each.width for each in streams if each.lossless]
    # Two components of lossless JPEG are two halves of a row.
    widths += [
        each.width * len(each.samples) for each in streams if each.lossless and len(each.samples) in {2, 4}
    ]
    for each in found:
        widths += [each.width, each.height, each.number(_PANASONIC_WIDTH)]
        widths += [value for tag in _ORIGINAL_SIZES for value in each.values.get(tag, ())]
        if EXIF in each.values:
            widths.append(found.directory(each.number(EXIF)).number(_EXIF_WIDTH))
    return max([*widths, _fuji_width(data), *_canon_widths(data)], default=0)


def _fuji_width(data: bytes) -> int:
    """Width in the header of a RAF file: records of tag, length and value. Tag 0x100 has height and width."""
    if not data.startswith(b"FUJIFILMCCD-RAW"):
        return 0
    at = int.from_bytes(data[92:96], "big")
    number = min(int.from_bytes(data[at : at + 4], "big"), 255)
    at += 4
    for _ in range(number):
        tag, length = struct.unpack_from(">HH", data.ljust(at + 4, b"\0")[at : at + 4])
        if tag == 0x0100:
            return max(
                int.from_bytes(data[at + 4 : at + 6], "big"), int.from_bytes(data[at + 6 : at + 8], "big")
            )
        at += 4 + length
    return 0


def _canon_widths(data: bytes) -> list[int]:
    """Widths of the tracks of a CR3 file, from their sample entries."""
    if data[8:12] != RAW_BRAND:
        return []
    path = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    entries = boxes.descend(data, path, 0, len(data))
    # A full box with a count comes first. In the entry, 24 bytes come before the width.
    return [int.from_bytes(data[start + 40 : start + 42], "big") for start, _ in entries]


def _as_file(data: bytes, stream: jpeg.JpegStream, found: Directories) -> bytes:
    """JPEG file of a stream. If it has no Exif block, it gets the orientation and colours that the raw file tells."""
    body = data[stream.start : stream.end]
    if any(data[start : start + 6] == b"Exif\0\0" for start, _ in stream.applications) or not found.pages:
        return body
    first = found.pages[0]
    colours = found.directory(first.number(EXIF)).number(_COLOUR_SPACE) if EXIF in first.values else 0
    block = _exif(first.number(ORIENTATION, 1), colours)
    return body[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + body[2:]


def _exif(orientation: int, colours: int) -> bytes:
    """Exif block with an orientation and a colour space."""
    fields = struct.pack(
        ">HHHIHHHHII", 2, ORIENTATION, 3, 1, orientation & 0xFFFF, 0, EXIF, 4, 1, 38
    ) + bytes(4)
    nested = struct.pack(">HHHIHH", 1, _COLOUR_SPACE, 3, 1, colours & 0xFFFF, 0) + bytes(4)
    return b"Exif\0\0MM\0*\0\0\0\x08" + fields + nested
