"""Verify the segments of a JPEG (ITU-T T.81 annex B, JFIF 1.02)."""

import re
from collections.abc import Callable, Iterator

from intake.photos.verify import words
from intake.photos.verify.violation import Violation, trailer

_SOI, _EOI, _SOS, _APP0 = 0xD8, 0xD9, 0xDA, 0xE0

# The only allowed APP0: no thumbnail and no density. A density would identify the program that wrote it.
_JFIF = b"JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"

_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]")
"""Marker that ends a scan. Within a scan, 0xFF is followed only by a stuffed zero or begins a restart marker."""


def jpeg(data: bytes) -> Iterator[Violation]:
    """Violation for each segment that the picture does not need, or that holds extra bytes.

    Raises IndexError if the file is cut short.
    """
    at = 2
    while True:
        marker = _marker(data, at)
        if marker == _EOI:
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        payload = data[at + 4 : at + 2 + length]
        if length < 2 or len(payload) != length - 2:
            raise IndexError
        fits = _ALLOWED.get(marker)
        if fits is None:
            yield Violation(f"segment {marker:#04x}", at, words.segment(marker, payload))
        elif not fits(payload):
            yield Violation(f"segment {marker:#04x} holds more than it should", at, _excess(marker, payload))
        at += 2 + length
        if marker == _SOS:
            at = _end_of_scan(data, at)
    if at + 2 != len(data):
        yield trailer(data, at + 2)


def _excess(marker: int, payload: bytes) -> str:
    return words.segment(marker, payload) if marker == _APP0 else "bytes hidden in a table of the picture"


def _marker(data: bytes, at: int) -> int:
    if data[at] != 0xFF or data[at + 1] in {0x00, 0xFF, _SOI}:
        raise ValueError("no marker where one has to be")
    return data[at + 1]


def _end_of_scan(data: bytes, at: int) -> int:
    found = _MARKER_IN_SCAN.search(data, at)
    if found is None:
        raise IndexError
    return found.start()


def _quantisation(payload: bytes) -> bool:
    at = 0
    while at < len(payload):
        at += 1 + (128 if payload[at] >> 4 else 64)
    return at == len(payload)


def _huffman(payload: bytes) -> bool:
    at = 0
    while at < len(payload):
        at += 17 + sum(payload[at + 1 : at + 17])
    return at == len(payload)


def _frame(payload: bytes) -> bool:
    return len(payload) >= 6 and payload[5] in {1, 3} and len(payload) == 6 + 3 * payload[5]


def _scan(payload: bytes) -> bool:
    return len(payload) >= 1 and 1 <= payload[0] <= 4 and len(payload) == 4 + 2 * payload[0]


_ALLOWED: dict[int, Callable[[bytes], bool]] = {
    _APP0: lambda payload: payload == _JFIF,
    0xDB: _quantisation,
    0xC4: _huffman,
    0xC0: _frame,
    0xC1: _frame,
    0xC2: _frame,
    0xDD: lambda payload: len(payload) == 2,
    _SOS: _scan,
}
"""Marker → check that its payload is exactly what the standard requires, without spare bytes."""
