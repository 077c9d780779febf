"""Verify the chunks of a WebP (RFC 9649)."""

from collections.abc import Iterator

from intake.photos.verify import words
from intake.photos.verify.violation import Violation, known, trailer

_ALPHA, _ANIMATION = 0x10, 0x02
_PICTURE = {b"VP8 ", b"VP8L", b"ALPH"}
_FRAME_HEAD = 16
_LENGTHS = {b"VP8X": 10, b"ANIM": 6}


def webp(data: bytes) -> Iterator[Violation]:
    """Violation for each chunk that the picture does not need. Raises IndexError if the file is cut short."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise IndexError
    yield from _chunks(data, 12, end, _PICTURE | {b"VP8X", b"ANIM", b"ANMF"})
    if end != len(data):
        yield trailer(data, end)


def _chunks(data: bytes, at: int, end: int, allowed: set[bytes]) -> Iterator[Violation]:
    pictures = 0
    while at < end:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = at + 8
        following = body + length + length % 2
        if following > end:
            raise IndexError
        if name not in allowed or length != _LENGTHS.get(name, length):
            yield Violation(f"chunk {known(name.strip())}", at, words.chunk(name))
        elif name == b"ANMF":
            yield from _chunks(data, body + _FRAME_HEAD, body + length, _PICTURE)
        elif name == b"VP8X" and (data[body] & ~(_ALPHA | _ANIMATION) or any(data[body + 1 : body + 4])):
            yield Violation("a header that promises metadata", at, "a header that promises metadata")
        pictures += name in {b"VP8 ", b"VP8L"}
        if length % 2 and data[following - 1]:
            yield Violation("padding that is not empty", following - 1, "a byte hidden between two blocks")
        at = following
    if pictures > 1:
        yield Violation("a second picture", at, "a second picture")
