"""Structure of a JPEG stream: its end, size and scans (ITU-T T.81, annex B). Reads markers only, no pixels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

START, END = b"\xff\xd8\xff", b"\xff\xd9"
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DECODABLE = {0xC0, 0xC1, 0xC2}
_PROGRESSIVE = {0xC2, 0xCA}
_LOSSLESS = {0xC3, 0xCB}
_APPLICATION = range(0xE0, 0xF0)

_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
"""Marker in coded data. There, 0xFF is followed by a stuffed zero, a restart marker, or a fill byte."""


@dataclass
class JpegStream:
    """One JPEG picture inside a file. `width` and `height` are 0 if no frame header was found."""

    start: int
    end: int
    """Offset after the end marker, or the length of the file if the end marker is missing."""
    complete: bool = False
    """True if the end marker was found."""
    width: int = 0
    height: int = 0
    precision: int = 8
    """Bits of a sample."""
    frame: int = 0
    """Marker of the frame header."""
    samples: list[int] = field(default_factory=list)
    """Horizontal times vertical sampling factor of each component."""
    first_component: int = 0
    """Number of the first component, which holds the brightness."""
    scans: int = 0
    last_scan: tuple[int, int, int] = (0, 0, 0)
    """Component, first coefficient, and position of the bit before: 0 in the first scan of these coefficients."""
    applications: list[tuple[int, int]] = field(default_factory=list)
    """Start and end of the body of each application segment."""

    @property
    def pixels(self) -> int:
        """Number of pixels."""
        return self.width * self.height

    @property
    def progressive(self) -> bool:
        """True if every scan covers the whole picture, so that decoding needs memory for all coefficients."""
        return self.frame in _PROGRESSIVE

    @property
    def last_scan_is_first_detail(self) -> bool:
        """True if only the last scan has detail of the brightness. If that scan is missing, the picture is blurred."""
        component, coefficient, bit = self.last_scan
        return component == self.first_component and coefficient > 0 and bit == 0

    @property
    def lossless(self) -> bool:
        """True if this is a lossless JPEG, in which cameras store what their sensor saw."""
        return self.frame in _LOSSLESS

    @property
    def decodable(self) -> bool:
        """True if this is a picture for people, of a kind that common programs open."""
        return (
            self.frame in _DECODABLE
            and self.precision == 8
            and len(self.samples) in {1, 3, 4}
            and self.pixels > 0
            and self.scans > 0
        )


def read(data: bytes, start: int = 0) -> JpegStream | None:
    """Read a stream from its start to its first end marker. Returns None if no JPEG starts there.

    Garbage between two segments is skipped, because decoders skip it, too.
    """
    if data[start : start + 3] != START:
        return None
    stream = JpegStream(start, len(data))
    for marker, body, end in _segments(data, start + 2):
        if marker == _EOI:
            stream.complete, stream.end = True, end
            return stream
        if marker == _SOI:
            # A second picture starts before the first has ended.
            stream.end = body - 2
            return stream
        _note(stream, marker, data, body, end)
    return stream


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Marker, start of body and end of each segment, until the data end."""
    while (found := _MARKER.search(data, at)) is not None:
        marker, body = data[found.start() + 1], found.end()
        if marker in {_EOI, _SOI}:
            yield marker, body, body
            at = body
            continue
        length = int.from_bytes(data[body : body + 2], "big")
        at = body + max(length, 2)
        if at > len(data):
            return
        yield marker, body + 2, at


def _note(stream: JpegStream, marker: int, data: bytes, body: int, end: int) -> None:
    if marker == _SOS:
        stream.scans += 1
        number = data[body] if body < end else 0
        last = body + 1 + 2 * number
        if last + 3 <= end:
            stream.last_scan = (data[body + 1], data[last], data[last + 2] >> 4)
    elif marker in _FRAMES and not stream.frame and end - body >= 6:
        stream.frame, stream.precision = marker, data[body]
        stream.height = int.from_bytes(data[body + 1 : body + 3], "big")
        stream.width = int.from_bytes(data[body + 3 : body + 5], "big")
        stream.first_component = data[body + 6] if body + 6 < end else 0
        factors = data[body + 7 : end : 3]
        stream.samples = [(factor >> 4) * (factor & 15) for factor in factors]
    elif marker in _APPLICATION:
        stream.applications.append((body, end))


class Search:
    """Search for JPEG streams between two offsets of a file, from the first to the last.

    Streams inside streams (thumbnails) are not found. The search reads at most twice as many bytes as it was given.
    """

    def __init__(self, data: bytes, start: int, end: int | None = None) -> None:
        self.data = data
        self.at = start
        self.end = len(data) if end is None else end
        self.left = 2 * (self.end - start)

    def __iter__(self) -> Iterator[JpegStream]:
        """Streams that a decoder can open, and lossless ones."""
        while self.left > 0:
            found = self.data.find(START, self.at, self.end)
            if found < 0:
                return
            stream = read(self.data, found)
            if stream is None:
                return
            self.left -= stream.end - found
            sound = stream.complete and (stream.decodable or stream.lossless)
            self.at = stream.end if sound else found + len(START)
            if sound:
                yield stream
