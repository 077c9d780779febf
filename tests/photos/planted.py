"""Search for a planted mark in a file, in every spelling and packing."""

import contextlib
import zlib

_HEADS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_MOST = 1 << 22
"""Maximum bytes to unpack of one stream."""


def spellings(data: bytes, mark: str) -> list[str]:
    """Spellings in which the mark occurs: raw, UTF-16 in either order, hex, and in every zlib stream."""
    raw = mark.encode()
    spelled = {"raw": raw, "utf-16-le": mark.encode("utf-16-le"), "utf-16-be": mark.encode("utf-16-be")}
    spelled |= {"hex": raw.hex().encode(), "HEX": raw.hex().upper().encode()}
    found = [way for way, form in spelled.items() if form in data]
    return found + ["packed" for stream in streams(data) if raw in stream]


def streams(data: bytes) -> list[bytes]:
    """Unpacked data of each place that may start a zlib stream."""
    unpacked = []
    for head in _HEADS:
        at = data.find(head)
        while at >= 0:
            with contextlib.suppress(zlib.error):
                unpacked.append(zlib.decompressobj().decompress(data[at:], _MOST))
            at = data.find(head, at + 2)
    return unpacked
