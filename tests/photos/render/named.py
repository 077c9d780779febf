"""Files that name their colour space without an ICC profile."""

import struct
from typing import Any

from PIL import Image

from tests.photos import made


def exif(*, space: int | None = None, interop: bytes | None = None, order: str = "<") -> bytes:
    """Exif block (in the structure of a TIFF) with ColorSpace and InteroperabilityIndex, as cameras write them."""
    count = (space is not None) + (interop is not None)
    main, inner = 8, 8 + 2 + 12 + 4
    last = inner + 2 + 12 * count + 4
    entries = b""
    if space is not None:
        entries += struct.pack(order + "HHIHxx", 0xA001, 3, 1, space)
    if interop is not None:
        entries += struct.pack(order + "HHII", 0xA005, 4, 1, last)
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", main)
    block += struct.pack(order + "HHHIII", 1, 0x8769, 4, 1, inner, 0)
    block += struct.pack(order + "H", count) + entries + bytes(4)
    if interop is not None:
        block += struct.pack(order + "HHHI4sI", 1, 1, 2, 4, interop + b"\0", 0)
    return block


def with_chunks(data: bytes, **chunks: bytes) -> bytes:
    """A PNG with these chunks after its header."""
    new = b"".join(made.chunk(name.encode(), body) for name, body in chunks.items())
    return data[:33] + new + data[33:]


def fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}I", *(round(value * 100_000) for value in values))


def heic(picture: Image.Image, primaries: int, transfer: int, **how: Any) -> bytes:
    """A HEIC with an nclx box."""
    codes = {"color_primaries": primaries, "transfer_characteristics": transfer}
    return made.encoded(picture, "HEIF", quality=95, matrix_coefficients=6, full_range_flag=1, **codes, **how)


def avif(picture: Image.Image, primaries: int, transfer: int, **how: Any) -> bytes:
    """An AVIF whose nclx box has these codes instead of the encoder's."""
    data = made.encoded(picture, "AVIF", quality=95, subsampling="4:4:4", **how)
    at = data.index(b"colrnclx") + 8
    return data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :]


def tiff(picture: Image.Image, space: int) -> bytes:
    """A TIFF with an Exif directory after its pixels that has ColorSpace."""
    data = made.encoded(picture, "TIFF", tiffinfo={0x9C9C: 1_234_567_890})
    inner = struct.pack("<HHHIHxxI", 1, 0xA001, 3, 1, space, 0)
    entry = struct.pack("<HHII", 0x8769, 4, 1, len(data))
    at = data.index(struct.pack("<H", 0x9C9C))
    return data[:at] + entry + data[at + 12 :] + inner
