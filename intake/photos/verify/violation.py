"""What stands between a file and its proof."""

from typing import NamedTuple


class Violation(NamedTuple):
    """Something that is not on the allow-list, and the byte where it starts."""

    what: str
    at: int

    def __str__(self) -> str:
        return f"{self.what} at byte {self.at}"


def known(name: bytes) -> str:
    """A chunk's or block's name fit to print: four letters of a stranger's choice may be anything."""
    return name.decode("ascii") if name.isalnum() else "0x" + name.hex()
