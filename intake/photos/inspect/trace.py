"""One thing found in a file that could tell of somebody."""

from typing import NamedTuple

_LONGEST = 200


class Trace(NamedTuple):
    """A field, block or picture: its kind (a key of `words.KINDS`), what its format calls it, and its raw value."""

    kind: str
    name: str
    value: bytes | str = b""
    amount: int = 1

    @property
    def printable(self) -> str:
        """The value as one line of at most 200 characters, with nothing in it that moves a terminal's cursor."""
        text = (
            self.value
            if isinstance(self.value, str)
            else self.value[: _LONGEST * 4].decode("utf-8", "replace")
        )
        return "".join(letter if letter.isprintable() else "·" for letter in text[:_LONGEST]).strip("· ")


def trailing(rest: bytes) -> list[Trace]:
    """What lies after the end of a picture: its bytes, and what they can be recognised as."""
    found = []
    if rest:
        found.append(Trace("trailing_bytes", "trailer", rest, len(rest)))
    if b"ftyp" in rest:
        found.append(Trace("video", "trailer"))
    return found
