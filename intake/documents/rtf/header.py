"""Tables in the header of an RTF file: fonts with their encodings, colours, styles."""

import re
from dataclasses import dataclass, field

from intake.documents.rtf import charsets

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
MAX_ENTRIES = 50_000
"""Maximum number of entries in all tables. Word writes up to 4,000 fonts."""
# Text is unreadable if its colour differs from the background by at most this in each of red, green and blue.
_ALIKE = 24
_HEADING = re.compile(
    r"\s*(?:heading|überschrift|заголовок|titre|título|标题|標題)\s{0,3}([1-9])", re.IGNORECASE
)


@dataclass
class RtfStyle:
    """A paragraph or character style of the file. `level` is the heading level from 0, or 9 for no heading."""

    level: int = 9
    hidden: bool = False


@dataclass
class Header:
    """Tables of the header, filled by calls of `word` and `text` in the order of the file."""

    encoding: str = charsets.DEFAULT
    _fonts: dict[int, str] = field(default_factory=dict)
    _colours: list[Colour | None] = field(default_factory=list)
    _styles: dict[tuple[str, int], RtfStyle] = field(default_factory=dict)
    _font: int = 0
    _colour: dict[str, int] = field(default_factory=dict)
    _style: tuple[str, int] = ("s", 0)
    _new: RtfStyle = field(default_factory=RtfStyle)
    _name: str = ""
    _left: int = MAX_ENTRIES

    def word(self, table: str, word: str, number: int | None) -> None:
        """Read a control word inside `table`: fonttbl, colortbl or stylesheet."""
        value = number or 0
        if table == "fonttbl":
            self._font_word(word, value)
        elif table == "colortbl" and word in ("red", "green", "blue"):
            self._colour[word] = min(abs(value), 255)
        elif table == "stylesheet":
            self._style_word(word, number)

    def _font_word(self, word: str, value: int) -> None:
        if word == "f":
            self._font = value
        found = {"fcharset": charsets.of_charset, "cpg": charsets.of_page}
        codec = found[word](value) if word in found else None
        if codec:
            self._fonts[self._font] = codec

    def _style_word(self, word: str, number: int | None) -> None:
        if word in ("s", "cs"):
            self._style = (word, number or 0)
        elif word == "outlinelevel":
            self._new.level = min(abs(number or 0), 9)
        elif word == "v":
            self._new.hidden = number != 0

    def text(self, table: str, text: str) -> None:
        """Read text inside a table. A semicolon ends each entry."""
        *entries, rest = text.split(";", self._left)
        self._left -= len(entries)
        for entry in entries:
            if table == "colortbl":
                parts = self._colour
                self._colours.append(
                    (parts.get("red", 0), parts.get("green", 0), parts.get("blue", 0)) if parts else None
                )
                self._colour = {}
            elif table == "stylesheet":
                self._end_style(self._name + entry)
                self._name = ""
        self._name = (self._name + rest)[:100]

    def _end_style(self, name: str) -> None:
        found = _HEADING.match(name)
        if found and self._new.level == 9:
            self._new.level = int(found[1]) - 1
        elif name.strip().lower() == "title":
            self._new.level = 0
        self._styles[self._style] = self._new
        self._new, self._style = RtfStyle(), ("s", 0)

    def codec(self, font: int) -> str:
        """Encoding of the bytes in a font."""
        return self._fonts.get(font, self.encoding)

    def style(self, kind: str, number: int) -> RtfStyle:
        """Style by its kind ("s" or "cs") and number. An empty style if the file has none."""
        return self._styles.get((kind, number)) or RtfStyle()

    def is_unreadable(self, colour: int, background: int) -> bool:
        """Return whether text cannot be read on its background. 0 is the automatic colour, with white as background."""
        text, behind = self._of(colour), self._of(background) or WHITE
        # Text of automatic colour (None) is readable, because programs choose a colour that is.
        return text is not None and all(abs(a - b) <= _ALIKE for a, b in zip(text, behind, strict=True))

    def _of(self, index: int) -> Colour | None:
        return self._colours[index] if 0 <= index < len(self._colours) else None
