"""Trace: one piece of metadata that was found in a file."""

from typing import NamedTuple

_LONGEST = 200


class Trace(NamedTuple):
    """A field, block or picture: its kind (a key of `metadata_report.KINDS`), its name in the format, and its raw
    value.

    `amount` counts equal items, or the bytes of a trailer.
    """

    kind: str
    name: str
    value: bytes | str = b""
    amount: int = 1

    @property
    def printable(self) -> str:
        """Value as one printable line of at most 200 characters, without control characters."""
        text = (
            self.value
            if isinstance(self.value, str)
            else self.value[: _LONGEST * 4].decode("utf-8", "replace")
        )
        return "".join(letter if letter.isprintable() else "·" for letter in text[:_LONGEST]).strip("· ")


def trailing(rest: bytes) -> list[Trace]:
    """Traces of the bytes after the end of a picture, and of a video if those bytes contain one."""
    found = []
    if rest:
        found.append(Trace("trailing_bytes", "trailer", rest, len(rest)))
    if b"ftyp" in rest:
        found.append(Trace("video", "trailer"))
    return found
