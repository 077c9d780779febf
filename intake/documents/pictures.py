"""Pictures of a document, with the marks that stand in their places in the text."""

import re
from collections import Counter
from collections.abc import Callable

from intake.documents.document import Picture

LONGEST_DESCRIPTION = 1_000
_VECTOR = re.compile(
    rb"\xd7\xcd\xc6\x9a|\x01\x00\x09\x00|\x01\x00\x00\x00.{36} EMF|\s*<(?:\?xml|svg)", re.DOTALL
)
"""Beginning of a drawing in WMF, EMF or SVG. The photo cleaner cannot decode these."""
# Programs put the path or name of the picture's file into its description.
_FILE = re.compile(r"[\\/]|\.[A-Za-z]\w{1,4}\s*$|^(?:img|dsc|dscn|pxl|image)[-_ ]?\d", re.IGNORECASE)


class PictureList:
    """Pictures in reading order. A part of the file that is shown several times counts as one picture."""

    def __init__(self, removed: Counter[str]) -> None:
        self.pictures: list[Picture] = []
        self._numbers: dict[str, int] = {}
        self._removed = removed

    def number(self, name: str, read: Callable[[str], bytes | None]) -> int:
        """Number of the picture in a part, or 0 if the part is missing or no photo. `read` is called once for each part."""
        if name not in self._numbers:
            self._numbers[name] = self._add(read(name))
        return self._numbers[name]

    def _add(self, data: bytes | None) -> int:
        if not data:
            self._removed["picture"] += 1
            return 0
        if _VECTOR.match(data):
            self._removed["drawing"] += 1
            return 0
        self.pictures.append(Picture(data))
        return len(self.pictures)


def mark(number: int, description: str = "") -> str:
    """Text that stands for a picture: `[picture 1]`, and its description in parentheses.

    The description is left out if it looks like the name or path of a file. Number 0 leaves the description
    alone.
    """
    words = " ".join(description.split())[:LONGEST_DESCRIPTION]
    if _FILE.search(words):
        words = ""
    shown = f"({words})" if words else ""
    return " ".join(part for part in (f"[picture {number}]" if number else "", shown) if part)
