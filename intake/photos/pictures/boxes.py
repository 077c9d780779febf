"""Boxes of HEIF, AVIF and CR3 files (ISO/IEC 14496-12)."""

from collections.abc import Iterator


def children(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start of body and end of each box between the offsets `at` and `end`."""
    while at + 8 <= end:
        length, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        stop = end if length == 0 else min(at + length, end)
        if stop < at + head:
            return
        yield name, at + head, stop
        at = stop


def descend(data: bytes, path: tuple[bytes, ...], at: int, end: int) -> Iterator[tuple[int, int]]:
    """Start of body and end of each box at `path`, such as (b"moov", b"trak")."""
    for name, start, stop in children(data, at, end):
        if name == path[0]:
            if len(path) == 1:
                yield start, stop
            else:
                yield from descend(data, path[1:], start, stop)
