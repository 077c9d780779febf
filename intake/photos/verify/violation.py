"""Violations of the allow-list."""

from typing import NamedTuple


class Violation(NamedTuple):
    """A block that is not on the allow-list, and the offset where it starts."""

    what: str
    at: int

    def __str__(self) -> str:
        return f"{self.what} at byte {self.at}"


def known(name: bytes) -> str:
    """Printable name of a chunk or block. Names in untrusted files may hold any bytes."""
    return name.decode("ascii") if name.isalnum() else "0x" + name.hex()
