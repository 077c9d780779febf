"""Verify the chunks of a PNG, also of an animation (W3C specification, third edition)."""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from intake.photos.limits import MAX_ANIMATION_PIXELS
from intake.photos.verify import words
from intake.photos.verify.violation import Violation, known, trailer

_SIGNATURE = 8
_INTERLACE = 12
_LENGTHS = {
    b"IHDR": {13},
    b"acTL": {8},
    b"fcTL": {26},
    b"tRNS": set(range(1, 257)),
    b"PLTE": set(range(3, 769, 3)),
    b"IEND": {0},
}
"""Name of a chunk without pixel data → allowed lengths of its body in bytes."""
_MOST_UNPACKED = 5 * MAX_ANIMATION_PIXELS
"""Maximum decompressed bytes of all frames, at four bytes a pixel plus filter bytes.

Without it, decompressing a file of a few megabytes could take hours.
"""
_PIXELS = {b"IDAT": 0, b"fdAT": 4}
"""Name of a chunk with pixel data → number of bytes before the pixel data."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type → samples per pixel."""
_BLOCK = 1 << 20


class Chunk(NamedTuple):
    """A chunk, its offset, and whether its checksum is right."""

    at: int
    name: bytes
    body: bytes
    is_sound: bool

    @property
    def end(self) -> int:
        """Offset of the next chunk."""
        return self.at + 12 + len(self.body)


def png(data: bytes) -> Iterator[Violation]:
    """Violation for each chunk that is not needed, damaged, or too long.

    Raises IndexError if the file is cut short.
    """
    chunk = _chunk(data, _SIGNATURE)
    if chunk.name != b"IHDR" or len(chunk.body) != 13 or chunk.body[_INTERLACE]:
        header = "a header that is damaged, or interlaced rows"
        yield Violation(header, chunk.at, header)
        return
    reader = _Reader(chunk.body)
    while chunk.name != b"IEND":
        chunk = _chunk(data, chunk.end)
        objection = reader.take(chunk) if chunk.is_sound else "is damaged"
        if objection:
            yield Violation(f"chunk {known(chunk.name)} {objection}", chunk.at, _contents(chunk, objection))
    if chunk.end != len(data):
        yield trailer(data, chunk.end)


def _contents(chunk: Chunk, objection: str) -> str:
    """Contents of a forbidden chunk in words. For an allowed kind of chunk, the objection to it."""
    if chunk.name in _LENGTHS or chunk.name in _PIXELS:
        return f"a block of the picture that {objection}"
    return words.chunk(chunk.name, chunk.body)


class _Reader:
    """Check the chunks after the header, in order. `take` returns why a chunk is not allowed, or an empty string."""

    def __init__(self, head: bytes) -> None:
        self.head = head
        self.pixels = PixelStream(head, head[:8])
        self.unpacked = self.pixels.unpacked
        self.seen = {b"IHDR"}

    def take(self, chunk: Chunk) -> str:
        if self.unpacked > _MOST_UNPACKED:
            return "announces more pixels than a photo has"
        if chunk.name in _PIXELS:
            fits = self.pixels.take(chunk.body[_PIXELS[chunk.name] :])
            return "" if fits else "holds more than its pixels"
        if len(chunk.body) not in _LENGTHS.get(chunk.name, ()):
            return "is not on the list"
        if chunk.name == b"fcTL" and self.pixels.is_complete:
            self.pixels = PixelStream(self.head, chunk.body[4:12])
            self.unpacked += self.pixels.unpacked
        elif chunk.name in self.seen:
            return "occurs twice"
        elif chunk.name == b"IEND" and not self.pixels.is_complete:
            return "comes before all pixels"
        self.seen.add(chunk.name)
        return ""


def _chunk(data: bytes, at: int) -> Chunk:
    end = at + 8 + int.from_bytes(data[at : at + 4], "big")
    if end + 4 > len(data):
        raise IndexError
    name, body = data[at + 4 : at + 8], data[at + 8 : end]
    return Chunk(
        at, name, body, zlib.crc32(body, zlib.crc32(name)) == int.from_bytes(data[end : end + 4], "big")
    )


class PixelStream:
    """Compressed pixels of one frame, checked piece by piece. Decompresses at most one megabyte at a time."""

    def __init__(self, head: bytes, size: bytes) -> None:
        width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:8], "big")
        bits = width * _CHANNELS.get(head[9], 0) * head[8]
        self.is_untouched = True
        # One filter byte precedes each row.
        self.unpacked = height * (1 + (bits + 7) // 8)
        self._left = self.unpacked
        self._stream = zlib.decompressobj()

    @property
    def is_complete(self) -> bool:
        """Return whether the stream ended with the last row."""
        return self._stream.eof and self._left == 0

    def take(self, coded: bytes) -> bool:
        """Check the next piece of the stream.

        Returns False if it is damaged, or if data follows the last row or the end of the stream.
        """
        self.is_untouched = False
        while coded and self._left >= 0 and not self._stream.eof:
            try:
                self._left -= len(self._stream.decompress(coded, _BLOCK))
            except zlib.error:
                return False
            coded = self._stream.unconsumed_tail
        return self._left >= 0 and not coded and not self._stream.unused_data
