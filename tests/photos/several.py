"""Files with several pictures, as scanners, phones and cameras write them."""

import io
import struct
from collections.abc import Iterable

from tests.photos import made

Size = tuple[int, int]

_LETTERS = {3: "H", 4: "I"}


def jpeg(size: Size, **how: object) -> bytes:
    """JPEG of a size."""
    return made.encoded(made.scene(*size), "JPEG", **how)


def tiff(*sizes: Size) -> bytes:
    """TIFF with one page of each size."""
    first, *rest = [made.scene(*size) for size in sizes]
    return made.encoded(first, "TIFF", save_all=True, append_images=rest)


def multi_picture(*sizes: Size) -> bytes:
    """JPEG with further ordinary pictures, listed in its index (MPF) as of an unknown type."""
    first, *rest = [made.scene(*size) for size in sizes]
    return made.encoded(first, "MPO", save_all=True, append_images=rest)


def motion_photo(first: Size, others: Iterable[Size] = (), film: bytes = b"") -> bytes:
    """JPEG with appended pictures, and a film if bytes for it are given."""
    body = jpeg(first) + b"".join(map(jpeg, others))
    if not film:
        return body
    return body + b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", len(film) + 8) + b"mdat" + film


def with_gain_map(size: Size, gain: Size) -> bytes:
    """JPEG with a gain map behind it, as Ultra HDR files have it."""
    words = b"http://ns.adobe.com/xap/1.0/\0<x hdrgm:Version='1.0'/>"
    picture = jpeg(gain)
    return jpeg(size) + picture[:2] + b"\xff\xe1" + struct.pack(">H", len(words) + 2) + words + picture[2:]


def heic(*sizes: Size, primary: int = 0) -> bytes:
    """HEIC with several ordinary pictures."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    pictures = [made.scene(*size) for size in sizes]
    out = io.BytesIO()
    pictures[0].save(
        out, "HEIF", save_all=True, append_images=pictures[1:], primary_index=primary, quality=60
    )
    return out.getvalue()


def dng(sensor: Size, *previews: Size, orientation: int = 1, order: str = "<") -> bytes:
    """DNG: a thumbnail in the first directory, the sensor's data and the previews as JPEG in nested ones."""
    return _Writer(order).dng(sensor, previews, orientation)


def scan(pages: int, small_copies: int) -> bytes:
    """TIFF with pages of 16 × 16 pixels, each of which has small copies in nested directories."""
    return _Writer("<").scan(pages, small_copies)


class _Writer:
    """Writer of files that are built as a TIFF file is."""

    def __init__(self, order: str) -> None:
        self.order = order
        self.body = (b"II*\0" if order == "<" else b"MM\0*") + bytes(4)

    def dng(self, sensor: Size, previews: Iterable[Size], orientation: int) -> bytes:
        nested = [self._directory(self._sensor(sensor))]
        nested += [self._directory(self._preview(size)) for size in previews]
        thumbnail = made.scene(32, 24).tobytes()
        fields = self._picture((32, 24), 1, 2, self._add(thumbnail), len(thumbnail)) | {
            0x0112: (3, orientation),
            0x014A: (4, *nested),
            0xC612: (4, 0x01040000),
        }
        first = self._directory(fields)
        return self.body[:4] + struct.pack(self.order + "I", first) + self.body[8:]

    def scan(self, pages: int, small_copies: int) -> bytes:
        picture = bytes(16 * 16 * 3)
        after = 0
        for _ in range(pages):
            fields = self._picture((16, 16), 1, 2, self._add(picture), len(picture))
            nested = [self._directory(fields) for _ in range(small_copies)]
            after = self._directory(fields | {0x00FE: (4, 0), 0x014A: (4, *nested)}, after)
        return self.body[:4] + struct.pack(self.order + "I", after) + self.body[8:]

    def _sensor(self, size: Size) -> dict[int, tuple[int, ...]]:
        data = bytes(64)
        return self._picture(size, 1, 32803, self._add(data), len(data)) | {0x00FE: (4, 0)}

    def _preview(self, size: Size) -> dict[int, tuple[int, ...]]:
        data = jpeg(size)
        return self._picture(size, 7, 6, self._add(data), len(data))

    def _picture(
        self, size: Size, packing: int, colours: int, at: int, length: int
    ) -> dict[int, tuple[int, ...]]:
        return {
            0x00FE: (4, 1),
            0x0100: (4, size[0]),
            0x0101: (4, size[1]),
            0x0102: (3, 8),
            0x0103: (3, packing),
            0x0106: (3, colours),
            0x0111: (4, at),
            0x0115: (3, 3),
            0x0116: (4, size[1]),
            0x0117: (4, length),
        }

    def _add(self, data: bytes) -> int:
        at = len(self.body)
        self.body += data + bytes(len(data) % 2)
        return at

    def _directory(self, fields: dict[int, tuple[int, ...]], after: int = 0) -> int:
        packed = b""
        for tag, (kind, *values) in sorted(fields.items()):
            raw = struct.pack(f"{self.order}{len(values)}{_LETTERS[kind]}", *values)
            value = raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack(self.order + "I", self._add(raw))
            packed += struct.pack(self.order + "HHI", tag, kind, len(values)) + value
        return self._add(
            struct.pack(self.order + "H", len(fields)) + packed + struct.pack(self.order + "I", after)
        )
