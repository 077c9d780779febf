"""The coded pixels of a PNG: a zlib stream that has to hold its rows, and nothing more."""

import zlib

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type → samples a pixel."""
_BLOCK = 1 << 20


class Pixels:
    """One frame's stream, taken in piece by piece. Never more than a megabyte is unpacked at a time."""

    def __init__(self, head: bytes, size: bytes) -> None:
        width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:8], "big")
        bits = width * _CHANNELS.get(head[9], 0) * head[8]
        self.is_untouched = True
        # A byte for the filter stands before each row.
        self.unpacked = height * (1 + (bits + 7) // 8)
        self._left = self.unpacked
        self._stream = zlib.decompressobj()

    @property
    def is_complete(self) -> bool:
        """Whether the stream has ended with the last row."""
        return self._stream.eof and self._left == 0

    def take(self, coded: bytes) -> bool:
        """Account for one more piece of the stream. False if it goes on past its rows or past its end."""
        self.is_untouched = False
        while coded and self._left >= 0 and not self._stream.eof:
            try:
                self._left -= len(self._stream.decompress(coded, _BLOCK))
            except zlib.error:
                return False
            coded = self._stream.unconsumed_tail
        return self._left >= 0 and not coded and not self._stream.unused_data
