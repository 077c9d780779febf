"""Violations of the allow-list."""

from typing import NamedTuple


class Violation(NamedTuple):
    """A block that is not on the allow-list, and the offset where it starts."""

    what: str
    """Name of the block in the format's standard, such as `segment 0xe1`."""
    at: int
    words: str = "data that the picture does not need"
    """Contents in words for people who do not know the format."""

    def __str__(self) -> str:
        return f"{self.what} at byte {self.at}"


def known(name: bytes) -> str:
    """Printable name of a chunk or block. Names in untrusted files may hold any bytes."""
    return name.decode("ascii") if name.isalnum() else "0x" + name.hex()


def trailer(data: bytes, end: int) -> Violation:
    """Violation for the bytes after the end of the picture."""
    words = "bytes after the end of the picture"
    return Violation(f"{len(data) - end} {words}", end, words)
